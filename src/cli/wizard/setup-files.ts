import type {Manifest} from '../../domain/core/object.js'
import {setupIds, type SetupAnswers} from '../../domain/sonataflow/setup/answers.js'
import {isSecret} from '../../domain/secret/secret-value.js'
import type {SetupPart} from '../../domain/sonataflow/setup/parts.js'
import {formatYaml} from '../../output/yaml.js'
import type {SflCommand} from '../command.js'

interface Saving {
  output?: string | undefined
  'save-answers'?: string | undefined
  'save-runbook'?: string | undefined
  'save-manifests'?: string | undefined
}

export interface SetupToSave {
  answers: SetupAnswers
  parts: readonly SetupPart[]
  script: string
  manifests: readonly Manifest[]
}

/** Answers to passwords that were typed: without them a replay needs somebody who types. */
const typedPasswords = (parts: readonly SetupPart[]): string[] =>
  parts.flatMap((part) =>
    (part.part === 'postgres-secret' || part.part === 'kafka-secret') &&
    part.wish.user !== undefined &&
    part.wish.passwordFile === undefined
      ? [part.wish.answerId]
      : [],
  )

/** The answers in the order in which they are asked for. */
export const answersText = (answers: SetupAnswers, parts: readonly SetupPart[]): string =>
  [
    '# Answers for platform setup --answers. There are no passwords among them.\n',
    ...setupIds.flatMap((id) => (answers[id] ? [formatYaml({[id]: answers[id]})] : [])),
    ...typedPasswords(parts).map((id) => `# ${id}: FILE  # it was typed; needed where nobody can be asked\n`),
  ].join('')

/** Writes what was asked for to files, and says so. No file has a secret in it. */
export const saveSetup = async (
  command: SflCommand,
  flags: Saving,
  {answers, parts, script, manifests}: SetupToSave,
): Promise<void> => {
  const {runtime} = command
  const {'save-answers': answersFile, 'save-runbook': scriptFile, 'save-manifests': folder} = flags
  if (answersFile !== undefined) {
    await runtime.writeFile(answersFile, answersText(answers, parts))
    const typed = typedPasswords(parts)
    command.note(
      `the answers are in ${answersFile}, to be used again with --answers${typed.length === 0 ? '' : `; add ${typed.join(' and ')} where nobody can type a password`}`,
      flags,
    )
  }
  if (scriptFile !== undefined) {
    await runtime.writeFile(scriptFile, script, 0o755)
    command.note(`the runbook is in ${scriptFile}; it has no passwords in it, and says where it reads them`, flags)
  }
  if (folder === undefined) return
  const open = manifests.filter((manifest) => !isSecret(manifest))
  for (const [index, manifest] of open.entries()) {
    const number = String(index + 1).padStart(2, '0')
    const name = `${number}-${manifest.kind.toLowerCase()}-${manifest.metadata.name}.yaml`
    await runtime.writeFile(`${folder.replace(/\/$/, '')}/${name}`, formatYaml(manifest))
  }
  const left = manifests.filter(isSecret).map(({metadata}) => metadata.name)
  command.note(
    `${open.length} manifest${open.length === 1 ? ' is' : 's are'} in ${folder}${left.length === 0 ? '' : `, without ${left.length === 1 ? 'Secret' : 'Secrets'} ${left.join(', ')}: passwords do not belong into a repository, the commands above make ${left.length === 1 ? 'it' : 'them'}`}`,
    flags,
  )
}
