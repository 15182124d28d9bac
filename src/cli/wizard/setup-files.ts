import type {Manifest} from '../../domain/object.js'
import type {SetupAnswers} from '../../domain/sonataflow/setup-answers.js'
import {setupIds} from '../../domain/sonataflow/setup-answers.js'
import {formatYaml} from '../../output/yaml.js'
import {isSecret} from '../../domain/secret/secret-value.js'
import type {SflCommand} from '../command.js'

interface Saving {
  output?: string | undefined
  'save-answers'?: string | undefined
  'save-runbook'?: string | undefined
  'save-manifests'?: string | undefined
}

/** Writes what was asked for to files, and says so. No file has a secret in it. */
export const saveSetup = async (
  command: SflCommand,
  flags: Saving,
  {answers, script, manifests}: {answers: SetupAnswers; script: string; manifests: readonly Manifest[]},
): Promise<void> => {
  const {runtime} = command
  const {'save-answers': answersFile, 'save-runbook': scriptFile, 'save-manifests': folder} = flags
  if (answersFile !== undefined) {
    const ordered = Object.fromEntries(setupIds.flatMap((id) => (answers[id] ? [[id, answers[id]]] : [])))
    await runtime.writeFile(answersFile, formatYaml(ordered))
    command.note(`the answers are in ${answersFile}, to be used again with --answers`, flags)
  }
  if (scriptFile !== undefined) {
    await runtime.writeFile(scriptFile, script, 0o755)
    command.note(`the runbook is in ${scriptFile}; no password is in it: files have them`, flags)
  }
  if (folder === undefined) return
  const open = manifests.filter((manifest) => !isSecret(manifest))
  for (const [index, manifest] of open.entries()) {
    const number = String(index + 1).padStart(2, '0')
    const name = `${number}-${manifest.kind.toLowerCase()}-${manifest.metadata.name}.yaml`
    await runtime.writeFile(`${folder.replace(/\/$/, '')}/${name}`, formatYaml(manifest))
  }
  const left = manifests.length - open.length
  command.note(
    `${open.length} manifests are in ${folder}${left === 0 ? '' : ', without the Secrets: their values do not belong into a repository'}`,
    flags,
  )
}
