import {
  QuickInputButtons,
  ThemeIcon,
  window,
  type InputBox,
  type QuickInput,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
} from 'vscode'
import type { InputOptions, PickItem, PickOptions } from '../app/ui'
import { goBack, type Questions, type WithWayBack } from '../app/way-back'
import { withoutIcons, withoutLinks } from './plain-text'

interface ValueItem<T> extends QuickPickItem {
  readonly value: T
}

/** The questions of a form as the editor's quick inputs. */
export const quickInputs: Questions = { pick, pickMany, input }

function pick<T>(
  items: readonly PickItem<T>[],
  options: PickOptions & WithWayBack,
): Promise<T | undefined | typeof goBack> {
  const box = pickBox(items, options)
  box.activeItems = box.items.filter((_item, index) => items[index]?.isPicked)
  return answer(box, () => {
    const [chosen] = box.selectedItems
    return chosen && { value: chosen.value }
  })
}

function pickMany<T>(
  items: readonly PickItem<T>[],
  options: PickOptions & WithWayBack,
): Promise<readonly T[] | undefined | typeof goBack> {
  const box = pickBox(items, options)
  box.canSelectMany = true
  box.selectedItems = box.items.filter((_item, index) => items[index]?.isPicked)
  return answer(box, () => ({ value: box.selectedItems.map((item) => item.value) }))
}

/** Is accepted only with a text that `validate` has nothing against. */
function input(options: InputOptions & WithWayBack): Promise<string | undefined | typeof goBack> {
  const box = window.createInputBox()
  describe(box, options)
  box.placeholder = options.placeholder
  box.value = options.value ?? ''
  if (options.prompt !== undefined) box.prompt = withoutLinks(options.prompt)
  const validate = (): boolean => {
    const problem = options.validate?.(box.value)
    box.validationMessage = problem === undefined ? undefined : withoutLinks(problem)
    return problem === undefined
  }
  box.onDidChangeValue(validate)
  return answer(box, () => (validate() ? { value: box.value } : undefined))
}

function pickBox<T>(items: readonly PickItem<T>[], options: PickOptions & WithWayBack): QuickPick<ValueItem<T>> {
  const box = window.createQuickPick<ValueItem<T>>()
  describe(box, options)
  box.placeholder = options.placeholder
  box.matchOnDescription = true
  box.matchOnDetail = true
  box.items = items.map(asQuickPickItem)
  return box
}

function asQuickPickItem<T>(item: PickItem<T>): ValueItem<T> {
  return {
    label: withoutIcons(item.label),
    value: item.value,
    ...(item.description !== undefined && { description: withoutIcons(item.description) }),
    ...(item.detail !== undefined && { detail: withoutIcons(item.detail) }),
    ...(item.icon !== undefined && { iconPath: new ThemeIcon(item.icon) }),
  }
}

type Box = InputBox | QuickPick<QuickPickItem>

function describe(
  box: QuickInput & { buttons: readonly QuickInputButton[] },
  options: PickOptions & WithWayBack,
): void {
  box.title = options.title
  box.step = options.step
  box.totalSteps = options.steps
  if (options.canGoBack) box.buttons = [QuickInputButtons.Back]
  // A look at the tree or at another window must not throw away what was filled in.
  box.ignoreFocusOut = true
}

/** Shows the box until it is accepted with a value, or left. `read` gives nothing where the input is not acceptable. */
function answer<T>(
  box: QuickInput & Pick<Box, 'onDidAccept' | 'onDidTriggerButton'>,
  read: () => { readonly value: T } | undefined,
): Promise<T | undefined | typeof goBack> {
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      const given = read()
      if (given === undefined) return
      resolve(given.value)
      box.hide()
    })
    box.onDidTriggerButton((button) => {
      if (button !== QuickInputButtons.Back) return
      resolve(goBack)
      box.hide()
    })
    box.onDidHide(() => {
      resolve(undefined)
      box.dispose()
    })
    box.show()
  })
}
