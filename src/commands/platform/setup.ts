import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {perform, writeFormat} from '../../cli/perform.js'
import {previewText} from '../../cli/preview.js'
import {readAnswersFile, settleAnswers} from '../../cli/wizard/setup-answers.js'
import {saveSetup} from '../../cli/wizard/setup-files.js'
import {setupQuestions} from '../../cli/wizard/setup-questions.js'
import {readSetupSecrets} from '../../cli/wizard/setup-secrets.js'
import {surveyLines} from '../../domain/sonataflow/setup-facts.js'
import {setupParts} from '../../domain/sonataflow/setup-parts.js'
import {commandLine, runbook, setupCommand} from '../../domain/sonataflow/setup-runbook.js'
import {changesOf, manifestsOf} from '../../domain/sonataflow/setup-changes.js'
import {explainPlatform} from '../../facts/platform-edit.js'
import {secretLookups, setupFacts} from '../../facts/setup.js'
import {planSetup} from '../../facts/setup-plan.js'

const file = (summary: string) => Flags.string({helpValue: 'FILE', summary})

export default class PlatformSetup extends SflCommand {
  static override summary = 'Set a platform up with all that it needs, question by question.'
  static override description =
    'Looks at the cluster first and asks only what it cannot know. Shows the whole plan and the command lines that would do the same, asks once, and waits until everything is ready. "?" tells more about a question, "<" goes back; Ctrl-C leaves nothing done.'
  static override usage = 'platform setup [flags]'
  static override examples = [
    {description: 'Question by question', command: '<%= config.bin %> platform setup -n workflows'},
    {
      description: 'Only prepare it: a script, and manifests for GitOps',
      command:
        '<%= config.bin %> platform setup --dry-run=client --save-runbook setup.sh --save-manifests manifests --save-answers answers.yaml',
    },
    {
      description: 'The same again where nobody can be asked',
      command: '<%= config.bin %> platform setup --answers answers.yaml --yes',
    },
  ]
  static override flags = {
    answers: file('Take the answers from this file (YAML or JSON) and ask nothing; - is stdin.'),
    'save-answers': file('Write the answers to this file; passwords are not among them.'),
    'save-runbook': file('Write a shell script that does the same without asking.'),
    'save-manifests': Flags.string({
      helpValue: 'DIR',
      summary: 'Write the manifests into this folder, Secrets left out.',
    }),
    force: forceFlag('Set it up in spite of errors that were found.'),
    'wait-timeout': waitFlags['wait-timeout'],
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(PlatformSetup)
    const {runtime} = this
    writeFormat(flags.output)
    const given = await readAnswersFile(
      this,
      flags,
      async () => (await import('../../facts/answers-file.js')).parseAnswers,
    )
    const cluster = await this.connect(flags)
    const {client} = cluster
    const facts = await setupFacts(client)
    for (const line of surveyLines(facts)) this.note(line, flags)
    const questions = setupQuestions(facts, secretLookups(client), cluster.namespace)
    const answers = await settleAnswers(this, questions, given, flags)

    const parts = setupParts(answers)
    const secrets = await readSetupSecrets(runtime, parts, flags)
    const plan = await planSetup(client, parts, {
      fieldManager: flags['field-manager'],
      waitMs: flags['wait-timeout'] ?? DEFAULT_WAIT,
      force: flags.force,
      now: runtime.now().getTime(),
      ...secrets,
    })
    if (flags.output === undefined) {
      runtime.streams.err(await previewText(changesOf(plan), runtime.streams.errPalette))
      this.note('these commands do the same, without a question:', flags)
      for (const part of parts)
        runtime.streams.err(`  ${commandLine(setupCommand(part), runtime.spoken, flags.force)}\n`)
    }
    await saveSetup(this, flags, {
      answers,
      script: runbook(parts, runtime.spoken, flags.force),
      manifests: manifestsOf(plan),
    })
    const {namespace = cluster.namespace, name = ''} = answers
    const task = {
      plan,
      question: `Set up platform "${name}" in namespace "${namespace}" like this?`,
      explainTimeout: () => explainPlatform(client, {namespace, name}),
    }
    await perform(runtime, cluster, [task], {...flags, diff: false})
  }
}
