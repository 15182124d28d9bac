// Builds nothing and installs nothing: runs scripts/tour.sh against the sandbox with this checkout's plugin on PATH.
// `npm run tour -- --color=never` (or always) is handed on to all that prints.
import {spawnSync} from 'node:child_process'
import {delimiter} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'

const colors = {auto: {}, always: {NO_COLOR: '', FORCE_COLOR: '1'}, never: {NO_COLOR: '1'}}
const {color = 'auto'} = parseArgs({options: {color: {type: 'string'}}}).values
if (!Object.hasOwn(colors, color)) {
  console.error(`error: invalid --color "${color}": must be auto, always or never`)
  process.exit(2)
}

const root = fileURLToPath(new URL('..', import.meta.url))
const {status} = spawnSync(process.execPath, ['bin/kubectl-sfl', 'sandbox', 'run', '--', 'sh', 'scripts/tour.sh'], {
  cwd: root,
  stdio: 'inherit',
  env: {...process.env, ...colors[color], PATH: `${root}bin${delimiter}${process.env.PATH ?? ''}`},
})
process.exitCode = status ?? 1
