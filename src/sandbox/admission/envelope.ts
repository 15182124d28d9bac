import {type ApiFault, fault} from '../store/fault.js'

/** How the API server words the refusal of a webhook (apiserver pkg/admission/plugin/webhook/errors/statuserror.go). */
export const denied = (webhook: string, message: string): ApiFault =>
  fault(400, 'BadRequest', `admission webhook "${webhook}" denied the request: ${message}`)

/** `undefined` when there is nothing to refuse. Several faults are one message, a line each. */
export const refuseFaults = (webhook: string, faults: readonly string[]): void => {
  if (faults.length > 0) throw denied(webhook, `validation failed: ${faults.join('\n')}`)
}
