import {defineConfig} from 'vitest/config'
import {environment} from './test/environment.js'

// The black-box suite against the cluster of $SFL_TEST_KUBECONFIG instead of the sandbox. Its tests wait for other
// processes most of the time, so that two files at once suit even a small machine. Those that change what belongs to the
// whole cluster come last, one file after the other, when nobody else looks at it.
const everywhere = ['test/blackbox/**/*.test.ts']
const clusterWide = ['test/blackbox/cluster-wide/**/*.test.ts']

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Golden texts are only compared here: what the sandbox says is what the real server must say.
    update: 'none',
    env: environment,
    projects: [
      {
        extends: true,
        test: {
          name: 'namespaces',
          include: everywhere,
          exclude: clusterWide,
          maxWorkers: 2,
          sequence: {groupOrder: 0},
        },
      },
      {extends: true, test: {name: 'cluster', include: clusterWide, maxWorkers: 1, sequence: {groupOrder: 1}}},
    ],
  },
})
