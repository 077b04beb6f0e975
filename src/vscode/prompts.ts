import { l10n, window, type SecretStorage } from 'vscode'
import { OneAtATime } from '../app/one-at-a-time'
import type { ConnectionPrompts, UnknownHostKey } from '../core/ports/environment'
import { confirm } from './dialogs'
import { Passphrases } from './passphrases'
import { withoutLinks } from './plain-text'

/** Asks what only a person can answer while hosts connect, one question at a time. */
export class EditorPrompts implements ConnectionPrompts {
  readonly #questions = new OneAtATime()
  readonly #passphrases: Passphrases

  constructor(secrets: SecretStorage) {
    this.#passphrases = new Passphrases(secrets)
  }

  confirmHostKey(key: UnknownHostKey): Promise<boolean> {
    const where = key.port === 22 ? key.host : `${key.host}:${key.port}`
    return this.#questions.run(() =>
      confirm({
        message: l10n.t('The identity of {0} is not known yet. Trust it?', where),
        detail: l10n.t(
          'It presents the {0} key with this fingerprint:\n\n{1}\n\nCompare it with what the host itself says, for instance: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. If you trust it, the key is added to your known_hosts file.',
          key.type,
          key.fingerprint,
        ),
        action: l10n.t('Trust and Connect'),
      }),
    )
  }

  askPassphrase(keyFile: string): Promise<string | undefined> {
    return this.#questions.run(() => this.#passphrases.get(keyFile, () => promptPassphrase(keyFile)))
  }
}

async function promptPassphrase(keyFile: string): Promise<{ passphrase: string; remember: boolean } | undefined> {
  const passphrase = await window.showInputBox({
    title: l10n.t('Passphrase of a Private Key'),
    prompt: withoutLinks(keyFile),
    placeHolder: l10n.t('The passphrase of this key file'),
    password: true,
    ignoreFocusOut: true,
  })
  if (passphrase === undefined) return undefined
  const remember = { label: l10n.t('Remember'), detail: l10n.t("Encrypted, in the editor's secret storage") }
  const forget = { label: l10n.t('Only until the window closes') }
  const choice = await window.showQuickPick([forget, remember], {
    title: l10n.t('Passphrase of a Private Key'),
    placeHolder: l10n.t('Should the passphrase be remembered?'),
    ignoreFocusOut: true,
  })
  return { passphrase, remember: choice === remember }
}
