import {defineConfig, mergeConfig} from 'vitest/config'
import base from './vitest.config.js'

// The black-box suite against the cluster of $SFL_TEST_KUBECONFIG instead of the sandbox.
export default mergeConfig(base, defineConfig({test: {include: ['test/blackbox/**/*.test.ts']}}))
