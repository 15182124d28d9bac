import {defineConfig} from 'vitest/config'
import {environment} from './test/environment.js'

/** Tests of whole programs: they start processes, wait more than they compute, and have the machine's clock and terminal. */
const ofPrograms = ['test/blackbox/**/*.test.ts', 'test/package/**/*.test.ts']

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    env: environment,
    maxWorkers: '100%',
    // No test replaces a module or changes the process, so that files share what is loaded and compiled: six times as fast
    // for the tables of the domain.
    isolate: false,
    projects: [
      {extends: true, test: {name: 'inside', include: ['test/**/*.test.ts'], exclude: ofPrograms}},
      {extends: true, test: {name: 'programs', include: ofPrograms}},
    ],
  },
})
