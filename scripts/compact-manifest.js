// An esbuild plugin for the manifest as completion reads it: without the texts that only help shows, flags that several
// commands share written once, as JSON text, which is read quicker than JavaScript, and unfolded for the command that is
// asked for.
import {readFileSync} from 'node:fs'
import {dirname} from 'node:path'

const only = (fields, entry) =>
  Object.fromEntries(fields.filter((field) => field in entry).map((field) => [field, entry[field]]))
const FLAG = 'name type char summary helpValue hidden allowNo multiple options completes'.split(' ')
const ARG = 'name multiple description hidden options completes'.split(' ')

const compact = ({commands}) => {
  const flags = new Map()
  const numberOf = (flag) => {
    const text = JSON.stringify(only(FLAG, flag))
    if (!flags.has(text)) flags.set(text, flags.size)
    return flags.get(text)
  }
  const entries = Object.values(commands).map((command) => [
    only(['id', 'summary', 'hidden'], command),
    Object.values(command.args).map((arg) => only(ARG, arg)),
    Object.values(command.flags).map(numberOf),
  ])
  return `{"flags":[${[...flags.keys()].join()}],"commands":${JSON.stringify(entries)}}`
}

const unfolding = (text) => `
const {flags, commands} = JSON.parse(${JSON.stringify(text)})
const byName = (entries) => Object.fromEntries(entries.map((entry) => [entry.name, entry]))
const unfold = ([command, args, own]) => ({
  ...command,
  get args() { return byName(args) },
  get flags() { return byName(own.map((number) => flags[number])) },
})
export default {commands: Object.fromEntries(commands.map((entry) => [entry[0].id, unfold(entry)]))}`

export const compactManifest = {
  name: 'compact-manifest',
  setup(build) {
    build.onResolve({filter: /oclif\.manifest\.json$/}, async ({path, importer, resolveDir, kind, pluginData}) => {
      if (pluginData === 'real' || !/[\\/]src[\\/]completion-commands\.ts$/.test(importer)) return undefined
      const real = await build.resolve(path, {importer, kind, resolveDir, pluginData: 'real'})
      return {path: real.path, namespace: 'compact-manifest'}
    })
    build.onLoad({filter: /.*/, namespace: 'compact-manifest'}, ({path}) => ({
      contents: unfolding(compact(JSON.parse(readFileSync(path, 'utf8')))),
      resolveDir: dirname(path),
    }))
  },
}
