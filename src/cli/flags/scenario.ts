import * as Flags from '@oclif/core/flags'

const layouts = ['knative', 'operator', 'openshift'] as const

/** What is in the cluster from the start. */
export const scenarioFlags = {
  layout: Flags.option({
    options: layouts,
    helpValue: layouts.join('|'),
    summary:
      'Who installed Knative, and so what settings are written to. Default: whom the manifests tell of, else knative.',
    description:
      'knative: release files, only ConfigMaps. operator: the operator of knative.dev, with a KnativeEventing. openshift: OpenShift Serverless, with a KnativeEventing and a KnativeKafka that has the broker enabled; hand edits of what they own are reverted.',
  })(),
  recursive: Flags.boolean({char: 'R', summary: 'Look into the folders below those of --with, too.'}),
  with: Flags.string({
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
    summary:
      'What is there from the start: manifests, or what kubectl get -o yaml wrote; files, folders or URLs (repeatable; - is stdin).',
  }),
}
