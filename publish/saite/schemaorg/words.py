"""Words of schema.org that go together: types, their properties, and the values which these take.

The part of the vocabulary that our pages speak; a test holds it against the whole. Names that a site's data have for a
type which is not here count as a Thing, and a property which is not here is left out: nothing is said that is wrong.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple

_KINDS: Final = """
AdministrativeArea: City Country SchoolDistrict State
Article: NewsArticle Report ScholarlyArticle TechArticle
BodyOfWater: LakeBodyOfWater RiverBodyOfWater
CivicStructure: Airport Bridge EducationalOrganization GovernmentBuilding Museum Park PlaceOfWorship
    StadiumOrArena TrainStation
ContactPoint: PostalAddress
CreativeWork: Article Blog Book Claim Clip Collection CreativeWorkSeason CreativeWorkSeries DataCatalog Dataset
    DefinedTermSet DigitalDocument Drawing EducationalOccupationalCredential Game Guide HowTo LearningResource
    Legislation Manuscript Map MediaObject Message Movie MusicComposition MusicRecording Painting Photograph Play
    Poster PublicationIssue PublicationVolume Question Review Sculpture SoftwareApplication SoftwareSourceCode
    SpecialAnnouncement Thesis VisualArtwork WebPage WebSite
CreativeWorkSeries: Periodical
Dataset: DataFeed
DefinedTerm: CategoryCode
DefinedTermSet: CategoryCodeSet
EducationalOrganization: CollegeOrUniversity HighSchool Preschool School
Enumeration: EventAttendanceModeEnumeration EventStatusType
Event: BusinessEvent ChildrensEvent ComedyEvent ConferenceEvent CourseInstance DanceEvent DeliveryEvent
    EducationEvent ExhibitionEvent Festival FoodEvent Hackathon LiteraryEvent MusicEvent PerformingArtsEvent
    PublicationEvent SaleEvent ScreeningEvent SocialEvent SportsEvent TheaterEvent VisualArtsEvent
Grant: MonetaryGrant
HowTo: Recipe
Intangible: CreativeWorkSeries DefinedTerm Enumeration Grant ItemList Language ListItem Occupation Role Service
    StructuredValue VirtualLocation
ItemList: BreadcrumbList
Landform: BodyOfWater Mountain
LearningResource: Course
Legislation: LegislationObject
LocalBusiness: Library StadiumOrArena
MediaObject: AudioObject DataDownload ImageObject LegislationObject VideoObject
Organization: Airline Consortium Cooperative Corporation EducationalOrganization FundingScheme
    GovernmentOrganization LibrarySystem LocalBusiness MedicalOrganization NGO NewsMediaOrganization PerformingGroup
    PoliticalParty Project ResearchOrganization SportsOrganization WorkersUnion
PerformingGroup: MusicGroup
Periodical: Newspaper
Place: Accommodation AdministrativeArea CivicStructure Landform LandmarksOrHistoricalBuildings LocalBusiness
    Residence TouristAttraction
Product: Vehicle
Project: FundingAgency ResearchProject
Service: GovernmentService
SportsOrganization: SportsTeam
StructuredValue: ContactPoint GeoCoordinates PropertyValue
Thing: Action CreativeWork Event Intangible Organization Person Place Product Taxon
WebPage: AboutPage CollectionPage ItemPage
"""
"""After each type those that are more special (rdfs:subClassOf)."""

_PROPERTIES: Final = """
about: CreativeWork DefinedTerm DefinedTermSet Event > Thing
abstract: CreativeWork > Text
address: GeoCoordinates Organization Person Place > PostalAddress Text
addressCountry: GeoCoordinates PostalAddress > Country Text
addressLocality: PostalAddress > Text
affiliation: Person > Organization
alternateName: Thing > Text
alumniOf: Person > EducationalOrganization Organization
areaServed: ContactPoint Organization Service > AdministrativeArea Place Text
attendee: Event > Organization Person
author: CreativeWork > Organization Person
award: CreativeWork Organization Person Product Service > Text
birthDate: Person > Date
birthPlace: Person > Place
bookEdition: Book > Text
citation: CreativeWork > CreativeWork Text
containedInPlace: Place > Place
containsPlace: Place > Place
contentLocation: CreativeWork > Place
contentUrl: MediaObject > URL
contributor: CreativeWork Event > Organization Person
creator: CreativeWork > Organization Person
dataset: DataCatalog > Dataset
dateCreated: CreativeWork > Date DateTime
dateModified: CreativeWork > Date DateTime
datePublished: CreativeWork > Date DateTime
deathDate: Person > Date
deathPlace: Person > Place
department: Organization > Organization
description: Thing > Text
dissolutionDate: Organization > Date
distribution: Dataset > DataDownload
editor: CreativeWork > Person
email: ContactPoint Organization Person > Text
encodingFormat: CreativeWork MediaObject > Text URL
endDate: CreativeWorkSeason CreativeWorkSeries Event Role > Date DateTime
eventAttendanceMode: Event > EventAttendanceModeEnumeration
eventStatus: Event > EventStatusType
familyName: Person > Text
founder: Organization > Organization Person
foundingDate: Organization > Date
foundingLocation: Organization > Place
funder: CreativeWork Event Grant Organization Person > Organization Person
funding: CreativeWork Event Organization Person Product > Grant
genre: CreativeWork MusicGroup > DefinedTerm Text URL
geo: Place > GeoCoordinates
givenName: Person > Text
hasDefinedTerm: DefinedTermSet Taxon > DefinedTerm
hasPart: CreativeWork > CreativeWork
identifier: Thing > PropertyValue Text URL
image: Thing > ImageObject URL
inDefinedTermSet: DefinedTerm > DefinedTermSet URL
inLanguage: CreativeWork Event > Language Text
includedInDataCatalog: Dataset > DataCatalog
isAccessibleForFree: CreativeWork Event Place > Boolean
isBasedOn: CreativeWork > CreativeWork Product URL
isPartOf: CreativeWork > CreativeWork URL
isbn: Book > Text
issn: Blog CreativeWorkSeries Dataset WebSite > Text
jobTitle: Person > DefinedTerm Text
keywords: CreativeWork Event Organization Place Product > DefinedTerm Text URL
knowsAbout: Organization Person > Thing Text URL
latitude: GeoCoordinates Place > Number Text
legalName: Organization > Text
license: CreativeWork > CreativeWork URL
location: Action Event Organization > Place PostalAddress Text VirtualLocation
logo: Organization Place Product Service > ImageObject URL
longitude: GeoCoordinates Place > Number Text
member: Organization > Organization Person
memberOf: Organization Person > Organization
name: Thing > Text
nationality: Person > Country
numberOfPages: Book > Integer
organizer: Event > Organization Person
parentOrganization: Organization > Organization
performer: Event > Organization Person
provider: Action CreativeWork Service > Organization Person
publisher: CreativeWork > Organization Person
sameAs: Thing > URL
sourceOrganization: CreativeWork > Organization
spatialCoverage: CreativeWork > Place
sponsor: CreativeWork Event Grant Organization Person > Organization Person
startDate: CreativeWorkSeason CreativeWorkSeries Event Role > Date DateTime
subEvent: Event > Event
subOrganization: Organization > Organization
superEvent: Event > Event
telephone: ContactPoint Organization Person Place > Text
temporalCoverage: CreativeWork > DateTime Text URL
termCode: DefinedTerm > Text
translator: CreativeWork Event > Organization Person
url: Thing > URL
version: CreativeWork > Number Text
workFeatured: Event > CreativeWork
worksFor: Person > Organization
"""
"""Before the sign what a property is said of (schema:domainIncludes), after it its values (schema:rangeIncludes)."""


class Use(NamedTuple):
    """How a property is used.

    Attributes:
        domains: the types of which it is said.
        ranges: the types and data types of its values.
    """

    domains: frozenset[str]
    ranges: frozenset[str]


def _read_parents() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {"Thing": ()}
    parent = ""
    for name in _KINDS.split():
        if name.endswith(":"):
            parent = name[:-1]
        else:
            found[name] = (*found.get(name, ()), parent)
    return found


def _read_uses() -> Mapping[str, Use]:
    found = {}
    for line in _PROPERTIES.strip().splitlines():
        name, _, rest = line.partition(":")
        domains, _, ranges = rest.partition(">")
        found[name] = Use(frozenset(domains.split()), frozenset(ranges.split()))
    return found


MEMBERS: Final = {
    "EventAttendanceModeEnumeration": frozenset(
        ("MixedEventAttendanceMode", "OfflineEventAttendanceMode", "OnlineEventAttendanceMode")
    ),
    "EventStatusType": frozenset(
        ("EventCancelled", "EventMovedOnline", "EventPostponed", "EventRescheduled", "EventScheduled")
    ),
}
"""The members of those enumerations from which values come."""

PARENTS: Final = _read_parents()
"""The types, each with those right above it."""

USES: Final = _read_uses()
"""The properties."""


@cache
def lineage(name: str) -> frozenset[str]:
    """A type and all above it."""
    return frozenset((name,)).union(*(lineage(parent) for parent in PARENTS.get(name, ())))


def known(names: Iterable[str]) -> tuple[str, ...]:
    """The types among some words, without those that others bring with them; Thing where there is none."""
    types = {name for name in names if name in PARENTS}
    return tuple(sorted(one for one in types if not any(one in lineage(two) for two in types - {one}))) or ("Thing",)


@cache
def properties(types: tuple[str, ...]) -> frozenset[str]:
    """The properties that something of some types has."""
    above: frozenset[str] = frozenset().union(*map(lineage, types))
    return frozenset(name for name, use in USES.items() if not use.domains.isdisjoint(above))


@cache
def suits(types: tuple[str, ...], name: str) -> bool:
    """Whether something of some types is a value of a property."""
    return any(not USES[name].ranges.isdisjoint(lineage(one)) for one in types)
