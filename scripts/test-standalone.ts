// Makes this machine's executable and tests it: the black-box suite against the sandbox and, where $SFL_TEST_KUBECONFIG
// names one, against a real cluster; and the tests of the way to a cluster on the very Bun that is inside it.
import {spawnSync} from 'node:child_process'
import {join, resolve} from 'node:path'
import {bunFor} from './package/bun.js'
import {hostTarget, programOf} from './package/targets.js'

const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void => {
  const {status} = spawnSync(program, args, {stdio: 'inherit', env: {...process.env, ...env}})
  if (status !== 0) process.exit(status ?? 1)
}

const target = hostTarget()
const vitest = 'node_modules/vitest/vitest.mjs'
const SFL_TEST_PROGRAM = resolve('package', target.name, programOf(target))
const sandbox = {SFL_TEST_PROGRAM, SFL_TEST_KUBECONFIG: ''}

if (!process.argv.includes('--made'))
  run(process.execPath, ['--import', 'tsx', 'scripts/package.ts', '--only', target.name])
run(process.execPath, [vitest, 'run', join('test', 'package', 'release')], {SFL_TEST_PACKAGE: resolve('package')})
run(process.execPath, [vitest, 'run', join('test', 'blackbox')], sandbox)
if (process.env['SFL_TEST_KUBECONFIG'])
  run(process.execPath, [vitest, 'run', '--config', 'vitest.cluster.config.ts'], {SFL_TEST_PROGRAM})
run(bunFor(target), ['--bun', vitest, 'run', join('test', 'kube')], {SFL_TEST_KUBECONFIG: ''})
