import type fc from 'fast-check'

/** What every generator of this run starts from: `$SFL_FUZZ_SEED`, or another one each time. It is named in the titles. */
export const seed = Number(process.env['SFL_FUZZ_SEED'] ?? Date.now() % 2 ** 31)

/** Fails with the smallest input that fails, and the seed to find it again. */
export const parameters = (numRuns: number): fc.Parameters<unknown> => ({seed, numRuns, endOnFailure: true})
