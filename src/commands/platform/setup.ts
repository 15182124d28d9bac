import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../cli/command.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../cli/flags/write.js'
import {writeFormat} from '../../cli/run-plan.js'
import {readAnswersFile} from '../../cli/wizard/setup-answers.js'
import {setUp} from '../../cli/wizard/setup.js'
import {setupQuestions} from '../../cli/wizard/setup-questions.js'
import {setupSources} from '../../cli/wizard/setup-sources.js'
import {notInstalled, survey} from '../../domain/sonataflow/setup/survey.js'
import {explainPlatform} from '../../facts/platform-explain.js'
import {platformFaults} from '../../facts/platform-faults.js'
import {setupFacts, setupLookups} from '../../facts/setup.js'
import {planSetup} from '../../facts/setup-plan.js'

const file = (summary: string) => Flags.string({helpValue: 'FILE', summary})

export default class PlatformSetup extends SflCommand {
  static override summary = 'Set a platform up with all that it needs, question by question.'
  static override description =
    'Looks at the cluster first and asks only what it cannot know. Shows the whole plan and the command lines that would do the same, asks once, and waits until everything is ready or the reason is known. "?" tells more about a question, "<" goes back, and in the end any answer can be changed; Ctrl-C leaves nothing done. What --answers reads is described by docs/schemas/setup-answers.schema.json.'
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
    force: forceFlag('Set it up despite preflight errors.'),
    'wait-timeout': waitFlags['wait-timeout'],
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(PlatformSetup)
    writeFormat(flags.output)
    const given = await readAnswersFile(
      this,
      flags,
      async () => (await import('../../facts/answers-file.js')).parseAnswers,
    )
    const cluster = await this.connect(flags)
    const {client, namespace: here} = cluster
    const now = (): number => this.runtime.now().getTime()
    const facts = await setupFacts(client, here)
    const idle = facts.operator === 'absent'
    const preparing = flags['dry-run'] === 'client' || flags.force
    const lookups = setupLookups(client, facts)
    await setUp(this, cluster, flags, {
      given,
      idle,
      rows: survey(facts, here),
      fault: preparing ? undefined : notInstalled(facts),
      here,
      questions: setupQuestions(setupSources(this.runtime, facts, lookups, {here, preparing})),
      plan: (parts, secrets) =>
        planSetup(client, parts, {
          fieldManager: flags['field-manager'],
          waitMs: flags['wait-timeout'] ?? DEFAULT_WAIT,
          idle,
          force: flags.force,
          now: now(),
          ...secrets,
        }),
      explain: (choice) => explainPlatform(client, choice, now()),
      reasons: (choice) => platformFaults(client, choice, now()),
    })
  }
}
