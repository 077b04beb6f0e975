import type { Disposable, TargetSource } from '../core/ports/environment'

export interface Switch {
  isOn(): boolean
  onDidChange(listener: () => void): Disposable
}

/** A source that holds nothing while its switch is off; then it is not read at all. */
export function switchedSource(source: TargetSource, control: Switch): TargetSource {
  return {
    id: source.id,
    read: (signal) => (control.isOn() ? source.read(signal) : Promise.resolve({ targets: [], problems: [] })),
    onDidChange: (listener) => {
      const subscriptions = [source.onDidChange(listener), control.onDidChange(listener)]
      return {
        dispose: () => {
          for (const subscription of subscriptions) subscription.dispose()
        },
      }
    },
  }
}
