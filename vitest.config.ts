import {defineConfig} from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The tests wait more than they compute.
    maxWorkers: '100%',
    // Tests read colours and terminals from what they are given, never from the machine they run on.
    env: {NO_COLOR: '', FORCE_COLOR: '', CI: '', KUBECONFIG: '/nonexistent', KUBECTL_EXTERNAL_DIFF: ''},
  },
})
