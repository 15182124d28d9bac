import {pull, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-I: injection (the sugar controller). */
export const injectionStories = {
  'SFL-I01': {
    means: 'The labels of the namespace match the namespace-selector of config-sugar.',
    behaviour: 'The sugar controller creates the broker "default" again within seconds of its deletion.',
    repair: 'Remove the label from the namespace first.',
    sources: [section('5.4.3.3'), section('5.4.3.4')],
  },
  'SFL-I02': {
    means: 'The labels of the trigger match the trigger-selector of config-sugar.',
    behaviour: 'The sugar controller creates the broker that the trigger names again within seconds of its deletion.',
    repair: 'Remove the label from the trigger, or delete the trigger, first.',
    sources: [section('5.4.3.2'), section('5.4.3.4')],
  },
  'SFL-I03': {
    means: 'A selector of config-sugar is empty ({}) and matches every namespace or trigger.',
    behaviour: 'No label can keep the broker away.',
    repair: 'Change the selector: KnativeEventing spec.config.sugar, or the ConfigMap config-sugar.',
    sources: [upstream('knative/eventing', 'config/core/configmaps/sugar.yaml')],
  },
  'SFL-I04': {
    means: 'It is not a LabelSelector in YAML.',
    behaviour: 'The sugar controller goes on with the last good value.',
    repair: 'kubectl -n knative-eventing edit configmap config-sugar',
    sources: [upstream('knative/eventing', 'pkg/apis/sugar/sugar.go')],
  },
  'SFL-I05': {
    means: 'You may not read config-sugar, the namespace or the triggers.',
    behaviour: 'The broker comes back after its deletion if a label asks for it.',
    repair: 'Look again some seconds after the deletion.',
    sources: [section('5.4.3.4')],
  },
  'SFL-I06': {
    means: 'It carries the label eventing.knative.dev/injected.',
    behaviour: 'Nothing deletes an injected broker by itself.',
    repair: 'Nothing to do.',
    sources: [section('5.4.3.3')],
  },
  'SFL-I07': {
    means: 'A trigger carries the injection annotation, which Knative before 1.4 acts upon.',
    behaviour:
      'Since Knative 1.4 (OpenShift Serverless 1.25) the annotation does nothing; before, it brings the broker back.',
    repair: 'Remove the annotation from the trigger.',
    sources: [section('5.4.3.2')],
  },
  'SFL-I08': {
    means: 'The selector of config-sugar does not match what would be marked.',
    behaviour:
      'The sugar controller acts only on what its selectors match. Upstream both are empty, which means off; OpenShift Serverless ships them on.',
    repair: 'Set the selector: KnativeEventing spec.config.sugar, or the ConfigMap config-sugar; or create the broker.',
    sources: [
      upstream('knative/eventing', 'config/core/configmaps/sugar.yaml'),
      section('5.4.3.2'),
      section('5.4.3.3'),
    ],
  },
  'SFL-I09': {
    means: 'You may not change the namespace, the triggers or the broker.',
    behaviour: 'The API server answers Forbidden. Plain users usually may not label namespaces, not even their own.',
    repair: 'Have an administrator do it, or use what needs no such right: a trigger, or "broker create".',
    sources: [section('5.4.3.3'), pull('openshift/openshift-docs', 19667)],
  },
  'SFL-I10': {
    means: 'Injection creates a broker only where none of its name is.',
    behaviour: 'The sugar controller leaves an existing broker alone.',
    repair: 'Nothing to do.',
    sources: [upstream('knative/eventing', 'pkg/reconciler/sugar')],
  },
  'SFL-I11': {
    means: 'The trigger has the injection annotation without the label.',
    behaviour:
      'Since Knative 1.4 (OpenShift Serverless 1.25) the sugar controller looks at labels only; the annotation is checked by the webhook and does nothing.',
    repair: 'Set both: "broker injection enable --trigger NAME".',
    sources: [upstream('knative/eventing', 'pkg/reconciler/sugar/trigger/trigger.go'), section('5.4.3.2')],
  },
  'SFL-I12': {
    means: 'A broker of the same name was created after the deletion.',
    behaviour: 'Whatever created it will do so after every deletion.',
    repair: 'Take away what creates it, then delete the broker again.',
    sources: [section('5.4.3.4')],
  },
} as const satisfies Stories
