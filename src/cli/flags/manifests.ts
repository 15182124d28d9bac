import * as Flags from '@oclif/core/flags'

/** `-f`, `-R` and `-k`, as kubectl has them. `what` says what becomes of the manifests: `to judge as if they were applied`. */
export const manifestFlags = (what: string) => ({
  filename: Flags.string({
    char: 'f',
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
    summary: `Manifests ${what}: files, folders or URLs, with commas between them, or - for stdin (repeatable).`,
  }),
  recursive: Flags.boolean({char: 'R', summary: 'Look into the folders below those of -f, too.'}),
  kustomize: Flags.string({
    char: 'k',
    helpValue: 'DIR',
    summary: `A folder with a kustomization, which kubectl builds; instead of -f.`,
  }),
})
