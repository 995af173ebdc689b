"""saite.toml: what it may say, and what a user is told when it says something else."""

from pathlib import Path

import pytest

from saite.config import FORMATS, CatalogueSettings, Config, Facets, Fold, Step, load
from saite.errors import ConfigError

ICE = "https://w3id.org/ice-edu/def#"


def write(folder: Path, text: str) -> Path:
    """A site folder with this saite.toml."""
    (folder / "saite.toml").write_text(text, encoding="utf-8")
    return folder


def failure(folder: Path, text: str) -> ConfigError:
    """The error that this saite.toml gives."""
    with pytest.raises(ConfigError) as caught:
        load(write(folder, text))
    return caught.value


def test_no_file_means_defaults(tmp_path: Path) -> None:
    """A folder without saite.toml is a site with default settings."""
    assert load(tmp_path) == Config(root=tmp_path)
    assert load(tmp_path).formats == FORMATS


def test_names_with_prefixes_become_iris(tmp_path: Path) -> None:
    """Prefixes of the file and well-known ones are expanded, wherever a class or property is named."""
    config = load(
        write(
            tmp_path,
            'base = "https://w3id.org/ice-edu/"\norder = ["rdfs:label", "ice:kind", "http://example.org/p"]\n'
            'featured = ["ice:Event"]\n'
            f'[prefixes]\nice = "{ICE}"\n[[fold]]\nclass = "ice:Participation"\ninto = ["ice:participationIn"]\n',
        )
    )
    assert config.order == ("http://www.w3.org/2000/01/rdf-schema#label", f"{ICE}kind", "http://example.org/p")
    assert config.featured == (f"{ICE}Event",)
    assert config.fold == (Fold(f"{ICE}Participation", (f"{ICE}participationIn",)),)
    assert config.expand("<urn:x>") == "urn:x"
    assert config.graph_iri("data") == "https://w3id.org/ice-edu/graph/data"
    assert config.graph_iri("https://example.org/g") == "https://example.org/g"


def test_unknown_key_names_its_line_and_the_likely_one(tmp_path: Path) -> None:
    """A misspelt key is an error with file, line, the line itself and "did you mean"."""
    error = failure(tmp_path, 'base = "https://example.org/"\nlangauges = ["lv"]\n')
    assert str(error).splitlines() == [
        "saite.toml:2: unknown key 'langauges' in saite.toml",
        '    langauges = ["lv"]',
        '  -> Did you mean "languages"?',
    ]


@pytest.mark.parametrize(
    ("text", "said", "cure"),
    [
        ('base = "example.org"', "base must be an http(s) IRI", 'base = "https://.../"'),
        ('base = "https://example.org"', "ends with / or #", 'base = "https://.../"'),
        ("languages = 5", "languages must be a list of texts", 'languages = ["...", "..."]'),
        ("languages = []", "languages is empty", "Name at least one"),
        ("title = 5", "title must be a text, or a table", "[title]"),
        ('order = ["icee:kind"]', "unknown prefix 'icee'", "[prefixes]"),
        ('order = ["no iri"]', "is not an IRI", "full IRI"),
        ('formats = ["turtel"]', "unknown format 'turtel'", '"turtle"'),
        ('linksets = ["jsn"]', "unknown format 'jsn' in linksets", '"json"'),
        ('citations = "al"', "unknown choice 'al' in citations", '"all"'),
        ("citations = true", "citations must be a text", "citations"),
        ('[check]\nfail-on = "eror"', "fail-on is 'eror'", "violation, warning or info"),
        ('[[fold]]\ninto = ["rdfs:label"]', "[[fold]] lacks 'class'", "class ="),
        ('[[fold]]\nclass = "rdfs:Class"', "[[fold]] lacks 'into'", "Name the properties"),
        ('[statements]\nclass = "rdfs:Class"', "[statements] lacks 'resource'", "resource ="),
        ("[[documents]]\npath = 'x'", "[[documents]] lacks 'iri'", "iri ="),
        ("fold = 1", "fold must be a list of tables", "[[fold]]"),
        ("check = 1", "check must be a table", "[check]"),
        ('[catalogue]\navailability = "always"\n', "availability is 'always'", "stable"),
        ('[catalogue]\nendpoint = "sparql"\n', "endpoint must be an http(s) address", "https://"),
        ('[catalogue]\nhvd = "nowhere"\n', "'nowhere' is not an IRI", "full IRI"),
    ],
)
def test_wrong_value_says_what_to_write(tmp_path: Path, text: str, said: str, cure: str) -> None:
    """Each wrong value is an error that says what is wrong and what to write."""
    error = failure(tmp_path, text + "\n")
    assert said in error.message
    assert cure in error.cure
    assert error.exit_code == 2


def test_the_catalogue_is_told_of_in_a_table_of_its_own(tmp_path: Path) -> None:
    """``[catalogue]``: IRIs as such or with a prefix, one or several."""
    text = '[catalogue]\ndataset = "ex:set"\nhvd = "http://data.europa.eu/bna/c_164e0bf5"\n[prefixes]\nex = "http://e.org/"\n'
    settings = load(write(tmp_path, text)).catalogue
    assert settings == CatalogueSettings(dataset="http://e.org/set", hvd=("http://data.europa.eu/bna/c_164e0bf5",))


def test_broken_toml_points_at_the_place(tmp_path: Path) -> None:
    """A syntax error of TOML is told with the parser's own place."""
    error = failure(tmp_path, 'base = "https://example.org/\n')
    assert "not valid TOML" in error.message
    assert "line 1" in error.message


def test_wrong_encoding_is_told(tmp_path: Path) -> None:
    """A saite.toml in another encoding is an error and not a traceback."""
    (tmp_path / "saite.toml").write_bytes("title = 'Rīga'".encode("utf-16"))
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(tmp_path)


def test_our_own_settings_load() -> None:
    """The repository's saite.toml is valid, and its first language is Latvian."""
    config = load(Path(__file__).parent.parent)
    assert config.languages == ("lv", "en")
    assert config.statements is not None
    assert config.statements.type == f"{ICE}Statement"


def test_facets_are_paths_of_properties(tmp_path: Path) -> None:
    """As SPARQL writes them: ``/`` between properties, ``^`` before one that leads here, IRIs in full in ``<>``."""
    text = (
        f'prefixes = {{ ice = "{ICE}" }}\n[[facets]]\nclass = "ice:Event"\n'
        'by = ["ice:topic", "^ice:in/ice:of", " ^ <http://x.org/a/b> / a "]\n[[facets]]\nclass = "ice:Place"\nby = []\n'
    )
    in_full = (Step("http://x.org/a/b", inverse=True), Step("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"))
    assert load(write(tmp_path, text)).facets == (
        Facets(f"{ICE}Event", ((Step(f"{ICE}topic"),), (Step(f"{ICE}in", inverse=True), Step(f"{ICE}of")), in_full)),
        Facets(f"{ICE}Place", ()),
    )


@pytest.mark.parametrize(
    "path", ["", "/", "ice:a/", "ice:a//ice:b", "ice:a|ice:b", "ice:a+", "http://x.org/a", "ice:a " * 2]
)
def test_what_is_no_path_is_an_error(tmp_path: Path, path: str) -> None:
    """Of SPARQL's paths, only steps there and back are known; whoever writes another is told so."""
    error = failure(tmp_path, f'prefixes = {{ ice = "{ICE}" }}\n[[facets]]\nclass = "ice:E"\nby = ["{path}"]\n')
    assert error.place is not None
    assert error.place.line is not None


def test_long_paths_and_facets_without_by_are_errors(tmp_path: Path) -> None:
    """Five steps are too many; and whether a class has facets must be said."""
    five = "/".join(["rdfs:label"] * 5)
    assert "at most 4" in str(failure(tmp_path, f'[[facets]]\nclass = "owl:Thing"\nby = ["{five}"]\n'))
    assert "lacks 'by'" in str(failure(tmp_path, '[[facets]]\nclass = "owl:Thing"\n'))
