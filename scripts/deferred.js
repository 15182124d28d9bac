// An esbuild plugin for a quick start. Some packages evaluate at import what most runs never use: oclif its help, its
// plugin loader and a dozen packages, cli-table3 a set of colours. Here they are evaluated when first touched; what of
// oclif cannot be reached at all, because main.ts takes its place, is left out.
import {readFile} from 'node:fs/promises'
import {isAbsolute, relative, sep} from 'node:path'

const inOclif = /[\\/]@oclif[\\/]core[\\/]lib[\\/]/

/** Requests, by who makes them, that are put off until they are used; with the names that are imported, if any are. */
const deferred = [
  [/[\\/]lib[\\/]parser[\\/]errors\.js$/, /^\.\.\/ux\/list$/],
  // Opens stdout and stderr, for their width.
  [inOclif, /^(\.\.\/)+screen$/],
  [inOclif, /^(ansis|supports-color|node:(os|readline|url|util))$/],
  [/[\\/]src[\\/]output[\\/]table/, /^(cli-table3|string-width)$/],
  // Opens stdout at import, to see whether it is a terminal.
  [/[\\/]src[\\/]terminal[\\/]/, /^ansis$/, ['Ansis']],
]

/** Requests for what main.ts does itself: finding commands and plugins, help, reporting errors. */
const leftOut = [
  [/[\\/]lib[\\/]command\.js$/, /^\.\/(config|help\/util|ux)$/],
  [/[\\/]lib[\\/]parser[\\/]help\.js$/, /^\.\.\/ux$/],
  [/[\\/]lib[\\/]errors[\\/]/, /^(clean-stack|indent-string|wrap-ansi)$/],
  [/[\\/]lib[\\/]errors[\\/]index\.js$/, /^\.\/handle$/],
  [/[\\/]lib[\\/]flags\.js$/, /^\.\/help$/],
]

const rule = (rules, importer, path) => rules.find(([who, what]) => who.test(importer) && what.test(path))

/** The names of chunks depend on those of their modules, and must not on where the checkout is. */
const fromHere = (path) => (isAbsolute(path) ? `./${relative(process.cwd(), path).replaceAll(sep, '/')}` : path)

const deferredModule = (path, {names} = {}) => `
let real
const load = () => (real ??= require(${JSON.stringify(path)}))
const later = (load) => {
  const callable = () => { const it = load(); return typeof it === 'function' ? it : it.default }
  return new Proxy(function () {}, {
    get: (_, key) => (key === '__esModule' ? false : load()[key]),
    has: (_, key) => key in load(),
    apply: (_, self, args) => Reflect.apply(callable(), self, args),
    construct: (_, args) => Reflect.construct(callable(), args),
  })
}
${names === undefined ? 'module.exports = later(load)' : names.map((name) => `export const ${name} = later(() => load().${name})`).join('\n')}`

const missingModule = (name) => `
const fail = () => { throw new Error(${JSON.stringify(`${name} of oclif is not part of this program`)}) }
module.exports = new Proxy({}, {get: (_, key) => (key === '__esModule' ? true : fail), has: () => true})`

const silentDebug = `
const silent = () => Object.assign(() => {}, {enabled: false, extend: silent})
module.exports = Object.assign(silent, {enable() {}, disable() {}})`

/** Of oclif's package.json only what its cache of versions reads. */
const packageName = async (path) => {
  const {name, version} = JSON.parse(await readFile(path, 'utf8'))
  return {contents: JSON.stringify({name, version}), loader: 'json'}
}

/** The colors of oclif's own reports of errors, which this program does not print. */
const plainTheme = 'exports.colorize = (color, text) => text'

/** What a Command's module does to stdout when it is loaded: it opens it. Here the outlets listen to their errors. */
const stdoutListener = /^process\.stdout\.on\('error', \(err\) => \{$[^]*?^\}\);$/m

export const deferredPackages = {
  name: 'deferred-packages',
  setup(build) {
    build.onLoad({filter: /[\\/]@oclif[\\/]core[\\/]lib[\\/]command\.js$/}, async ({path}) => {
      const source = await readFile(path, 'utf8')
      if (!stdoutListener.test(source)) return {errors: [{text: `${path} no longer listens to stdout as it did`}]}
      return {contents: source.replace(stdoutListener, ''), loader: 'js'}
    })
    build.onLoad({filter: /[\\/]@oclif[\\/]core[\\/]package\.json$/}, ({path}) => packageName(path))
    build.onResolve({filter: /.*/}, async ({path, importer, kind, resolveDir, pluginData}) => {
      if (pluginData === 'real' || (kind !== 'require-call' && kind !== 'import-statement')) return undefined
      // oclif's tracing of itself, which would load half a dozen files in order to stay silent.
      if (path === 'debug' && inOclif.test(importer)) return {path, namespace: 'silent-debug'}
      if (/[\\/]ux[\\/]theme$/.test(path) && inOclif.test(importer)) return {path, namespace: 'plain-theme'}
      if (rule(leftOut, importer, path) !== undefined) return {path, namespace: 'left-out'}
      const found = rule(deferred, importer, path)
      if (found === undefined) return undefined
      const [, , names] = found
      const real = await build.resolve(path, {importer, kind: 'require-call', resolveDir, pluginData: 'real'})
      return real.errors.length > 0
        ? {errors: real.errors}
        : {path: fromHere(real.path), namespace: 'deferred', pluginData: {names}}
    })
    const serve = (namespace, contents) =>
      build.onLoad({filter: /.*/, namespace}, ({path, pluginData}) => ({
        contents: contents(path, pluginData),
        loader: 'js',
        resolveDir: process.cwd(),
      }))
    serve('deferred', deferredModule)
    serve('left-out', missingModule)
    serve('silent-debug', () => silentDebug)
    serve('plain-theme', () => plainTheme)
  },
}
