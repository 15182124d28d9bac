// An esbuild plugin for a quick start. Some packages evaluate at import what most runs never use: oclif its help, its
// plugin loader and a dozen packages, cli-table3 a set of colours. Here they are evaluated when first touched; what of
// oclif cannot be reached at all, because main.ts takes its place, is left out.
import {dirname} from 'node:path'

const inOclif = /[\\/]@oclif[\\/]core[\\/]lib[\\/]/

/** Requests, by who makes them, that are put off until they are used. */
const deferred = [
  [/[\\/]lib[\\/]parser[\\/]errors\.js$/, /^\.\.\/ux\/list$/],
  [inOclif, /^(ansis|supports-color)$/],
  [/[\\/]src[\\/]output[\\/]table/, /^(cli-table3|string-width)$/],
]

/** Requests for what main.ts does itself: finding commands and plugins, help, reporting errors. */
const leftOut = [
  [/[\\/]lib[\\/]command\.js$/, /^\.\/(config|help\/util|ux)$/],
  [/[\\/]lib[\\/]parser[\\/]help\.js$/, /^\.\.\/ux$/],
  [/[\\/]lib[\\/]errors[\\/]/, /^(clean-stack|indent-string|wrap-ansi)$/],
  [/[\\/]lib[\\/]errors[\\/]index\.js$/, /^\.\/handle$/],
  [/[\\/]lib[\\/]flags\.js$/, /^\.\/help$/],
]

const matches = (rules, importer, path) => rules.some(([who, what]) => who.test(importer) && what.test(path))

const deferredModule = (path) => `
let real
const load = () => (real ??= require(${JSON.stringify(path)}))
const callable = () => { const it = load(); return typeof it === 'function' ? it : it.default }
module.exports = new Proxy(function () {}, {
  get: (_, key) => (key === '__esModule' ? false : load()[key]),
  has: (_, key) => key in load(),
  apply: (_, self, args) => Reflect.apply(callable(), self, args),
  construct: (_, args) => Reflect.construct(callable(), args),
})`

const missingModule = (name) => `
const fail = () => { throw new Error(${JSON.stringify(`${name} of oclif is not part of this program`)}) }
module.exports = new Proxy({}, {get: (_, key) => (key === '__esModule' ? true : fail), has: () => true})`

const silentDebug = `
const silent = () => Object.assign(() => {}, {enabled: false, extend: silent})
module.exports = Object.assign(silent, {enable() {}, disable() {}})`

export const deferredPackages = {
  name: 'deferred-packages',
  setup(build) {
    build.onResolve({filter: /.*/}, async ({path, importer, kind, resolveDir, pluginData}) => {
      if (pluginData === 'real' || (kind !== 'require-call' && kind !== 'import-statement')) return undefined
      // oclif's tracing of itself, which would load half a dozen files in order to stay silent.
      if (path === 'debug' && inOclif.test(importer)) return {path, namespace: 'silent-debug'}
      if (matches(leftOut, importer, path)) return {path, namespace: 'left-out'}
      if (!matches(deferred, importer, path)) return undefined
      const real = await build.resolve(path, {importer, kind: 'require-call', resolveDir, pluginData: 'real'})
      return real.errors.length > 0 ? {errors: real.errors} : {path: real.path, namespace: 'deferred'}
    })
    const serve = (namespace, contents) =>
      build.onLoad({filter: /.*/, namespace}, ({path}) => ({
        contents: contents(path),
        loader: 'js',
        resolveDir: dirname(path),
      }))
    serve('deferred', deferredModule)
    serve('left-out', missingModule)
    serve('silent-debug', () => silentDebug)
  },
}
