import {defineConfig} from 'vitest/config'

// The black-box suite against the cluster of $SFL_TEST_KUBECONFIG instead of the sandbox. Its tests wait for other
// processes most of the time, so that two files at once suit even a small machine.
export default defineConfig({
  test: {
    include: ['test/blackbox/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Golden texts are only compared here: what the sandbox says is what the real server must say.
    update: 'none',
    env: {NO_COLOR: '', FORCE_COLOR: '', CI: '', KUBECONFIG: '/nonexistent', KUBECTL_EXTERNAL_DIFF: ''},
  },
})
