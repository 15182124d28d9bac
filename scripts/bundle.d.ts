import type {BuildResult} from 'esbuild'

export const bundle: (entry: string) => Promise<BuildResult<{metafile: true; write: false}>>
