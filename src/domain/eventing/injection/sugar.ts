import {kubectl, type Command} from '../../core/commands.js'
import {INJECTION, SUGAR_CONFIG, SYSTEM_NAMESPACE} from '../names.js'

/** Turns a selector of config-sugar on, as OpenShift Serverless ships it. */
export const enableSugar = (key: 'namespace-selector' | 'trigger-selector'): Command =>
  kubectl(
    '-n',
    SYSTEM_NAMESPACE,
    'patch',
    'configmap',
    SUGAR_CONFIG,
    '--type=merge',
    '-p',
    JSON.stringify({
      data: {[key]: JSON.stringify({matchExpressions: [{key: INJECTION, operator: 'In', values: ['enabled']}]})},
    }),
  )
