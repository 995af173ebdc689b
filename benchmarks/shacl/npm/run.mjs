// One engine of npm on one graph: prints seconds, results and memory as JSON.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { Parser } from 'n3'
import rdf from 'rdf-ext'
import { Validator } from 'shacl-engine'
import { validations as sparql } from 'shacl-engine/sparql.js'
import SHACLValidator from 'rdf-validate-shacl'

const [engine, data, shapes] = process.argv.slice(2)
const read = (file) => rdf.dataset(new Parser({ factory: rdf }).parse(readFileSync(file, 'utf8')))
const graph = read(data)
const rules = read(shapes)
const before = process.memoryUsage().rss
const begin = performance.now()
let report
if (engine === 'shacl-engine') {
  report = await new Validator(rules, { factory: rdf, validations: sparql }).validate({ dataset: graph })
} else {
  report = await new SHACLValidator(rules).validate(graph)
}
const seconds = (performance.now() - begin) / 1000
const peak = process.resourceUsage().maxRSS
console.log(JSON.stringify({ seconds, results: report.results.length, kb: Math.max(0, peak - before / 1024) }))
