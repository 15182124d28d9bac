import type {BackingView} from '../../domain/eventing/cluster-defaults/backing-channel-view.js'
import {formatDescription} from '../describe.js'

const verdicts: Readonly<Record<BackingView['works'], string>> = {
  yes: 'yes',
  no: 'no, see below',
  unknown: 'not verified, see below',
}

/** The channel behind channel-based brokers, its settings, and the brokers that have it. */
export const backingText = ({channel, works, writtenBy, brokers}: BackingView): string =>
  formatDescription([
    {
      label: 'Channel',
      value: channel === undefined ? '<unknown>' : `${channel.kind} (${channel.apiVersion}, ${channel.setBy})`,
      children: Object.entries(channel?.spec ?? {}).map(([label, value]) => ({
        label,
        value: typeof value === 'string' ? value : JSON.stringify(value),
      })),
    },
    {label: 'Works', value: verdicts[works]},
    {label: 'Written by', value: writtenBy},
    {label: 'Brokers', value: brokers === undefined ? '<unknown>' : brokers.length === 0 ? '<none>' : brokers},
  ])
