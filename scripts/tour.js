// Builds nothing and installs nothing: runs scripts/tour.sh against the sandbox with this checkout's plugin on PATH.
import {spawnSync} from 'node:child_process'
import {delimiter} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const {status} = spawnSync(process.execPath, ['bin/kubectl-sfl', 'sandbox', 'run', '--', 'sh', 'scripts/tour.sh'], {
  cwd: root,
  stdio: 'inherit',
  env: {...process.env, PATH: `${root}bin${delimiter}${process.env.PATH ?? ''}`},
})
process.exitCode = status ?? 1
