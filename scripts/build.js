// Bundles src into dist with esbuild: code splitting keeps what a command does not use out of its start-up.
import {execFileSync} from 'node:child_process'
import {rmSync, writeFileSync} from 'node:fs'
import {build} from 'esbuild'
import {deferredPackages} from './deferred.js'

const requireForBundledCommonJs = [
  "import{createRequire as __createRequire}from'node:module'",
  "import{fileURLToPath as __fileURLToPath}from'node:url'",
  "import{dirname as __pathDirname}from'node:path'",
  'const require=__createRequire(import.meta.url)',
  'const __filename=__fileURLToPath(import.meta.url)',
  'const __dirname=__pathDirname(__filename)',
].join(';')

execFileSync(process.execPath, ['--import', 'tsx', 'scripts/manifest.ts'], {stdio: 'inherit'})
rmSync('dist', {recursive: true, force: true})
const {metafile} = await build({
  entryPoints: ['src/start.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: {js: requireForBundledCommonJs},
  legalComments: 'external',
  plugins: [deferredPackages],
  metafile: true,
  // oclif asks for it only to run TypeScript sources.
  external: ['typescript'],
  logLevel: 'warning',
})
// A CommonJS package behind import() would arrive with nothing but a default export.
const broken = Object.values(metafile.outputs).filter(
  ({entryPoint, exports}) => entryPoint?.startsWith('node_modules/') && exports.join() === 'default',
)
if (broken.length > 0) {
  throw new Error(
    `import() of CommonJS, import it statically in a module of its own: ${broken.map(({entryPoint}) => entryPoint)}`,
  )
}
writeFileSync('dist/package.json', '{"type": "module"}\n')
writeFileSync('dist/meta.json', JSON.stringify(metafile))
