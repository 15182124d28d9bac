// What all forms of the program have in common: esbuild splits the sources, so that what a command does not use is not
// loaded, and puts off or leaves out what most runs never use.
import {readFileSync} from 'node:fs'
import {build} from 'esbuild'
import {deferredPackages} from './deferred.js'

/** JSON becomes text, which is parsed when it is needed: quicker than an expression of JavaScript of that size. */
const jsonText = {
  name: 'json-text',
  setup(build) {
    build.onLoad({filter: /oclif\.manifest\.json$/}, ({path}) => ({
      contents: `export default JSON.parse(${JSON.stringify(readFileSync(path, 'utf8'))})`,
    }))
  },
}

/** Bundles one entry into ES modules, in memory. */
export const bundle = async (entry) => {
  const {outputFiles, metafile} = await build({
    entryPoints: [entry],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    minify: true,
    charset: 'ascii',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // oclif asks for it only to run TypeScript sources.
    external: ['typescript'],
    // `import {type A}` would otherwise load its module, for nothing.
    tsconfigRaw: {compilerOptions: {target: 'es2022', verbatimModuleSyntax: false}},
    // Bun would write the folder of this checkout there; oclif looks beside itself for its version, which is inside.
    define: {__dirname: '""'},
    legalComments: 'external',
    plugins: [deferredPackages, jsonText],
    metafile: true,
    write: false,
    logLevel: 'warning',
  })
  // A CommonJS package behind import() would arrive with nothing but a default export.
  const broken = Object.values(metafile.outputs).filter(
    ({entryPoint, exports}) => entryPoint?.startsWith('node_modules/') && exports.join() === 'default',
  )
  if (broken.length > 0) {
    const names = broken.map(({entryPoint}) => entryPoint).join(', ')
    throw new Error(`import() of CommonJS, import it statically in a module of its own: ${names}`)
  }
  return {outputFiles, metafile}
}
