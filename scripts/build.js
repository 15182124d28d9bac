// Bundles src into dist. The chunks become CommonJS, which starts quicker than ES modules; and V8's code cache of the
// usual commands is recorded beside them.
import {execFileSync} from 'node:child_process'
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {basename, join} from 'node:path'
import {build, transform} from 'esbuild'
import {bundle} from './bundle.js'

const run = (...args) => execFileSync(process.execPath, args, {stdio: ['ignore', 'ignore', 'pipe']})

run('--import', 'tsx', 'scripts/command-index.ts')
run('--import', 'tsx', 'scripts/docs.ts')
const {outputFiles, metafile} = await bundle('src/entry/start.ts')

rmSync('dist', {recursive: true, force: true})
mkdirSync('dist')
const commonJs = {format: 'cjs', platform: 'node', target: 'node20', minify: true, charset: 'ascii'}
for (const {path, text} of outputFiles) {
  // Their licences are in the notices, whole.
  if (path.endsWith('.LEGAL.txt')) continue
  // No import() either: the launcher loads chunks in its own way.
  const {code} = await transform(text, {...commonJs, supported: {'dynamic-import': false}})
  writeFileSync(join('dist', basename(path)), code)
}
await build({entryPoints: ['src/entry/launch.ts'], outfile: 'dist/launch.js', ...commonJs})
writeFileSync('dist/package.json', '{"type": "commonjs"}\n')
writeFileSync('dist/meta.json', JSON.stringify(metafile))
run('--import', 'tsx', 'scripts/notices.ts')

const recorded = (line) => `"${process.execPath}" scripts/record.cjs ${line}`
const usual = ['--help', 'broker create orders --class Kafka', 'broker list', 'broker describe orders']
// Without a home there is no cache that would answer instead of the cluster.
const completion = `HOME= XDG_CACHE_HOME= ${recorded('__complete broker describe ""')}`
run('bin/kubectl-sfl', 'sandbox', 'run', '--', 'sh', '-c', [...usual.map(recorded), completion].join(' && '))
