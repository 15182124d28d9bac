/** What a bug report has to name beside our own version. */
export const hostFacts = (): {node: string; platform: string} => ({
  node: process.version,
  platform: `${process.platform}/${process.arch}`,
})
