import * as Flags from '@oclif/core/flags'
import {parseManifests} from '../../output/yaml.js'

const layouts = ['knative', 'operator', 'openshift'] as const

/** What is in the cluster from the start. */
export const scenarioFlags = {
  layout: Flags.option({
    options: layouts,
    default: 'knative' as const,
    helpValue: layouts.join('|'),
    summary: 'Who installed Knative, and so what settings are written to.',
    description:
      'knative: release files, only ConfigMaps. operator: the operator of knative.dev, with a KnativeEventing. openshift: OpenShift Serverless, with a KnativeEventing and a KnativeKafka that has the broker enabled; hand edits of what they own are reverted.',
  })(),
  with: Flags.string({
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Manifests to create first (repeatable; - is stdin).',
  }),
}

/** The manifests of `--with`. */
export const readManifests = async (readFile: (path: string) => Promise<string>, files: readonly string[] = []) =>
  (await Promise.all(files.map(async (file) => parseManifests(await readFile(file), file)))).flat()
