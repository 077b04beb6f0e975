import { l10n, window, type SecretStorage } from 'vscode'
import { OneAtATime } from '../app/one-at-a-time'
import type {
  ConnectionPrompts,
  HostLogin,
  LoginQuestions,
  RootLogin,
  RootPrompts,
  UnknownHostKey,
} from '../core/ports/environment'
import { confirm } from './dialogs'
import { withoutLinks } from './plain-text'
import { RememberedSecrets, type SecretAnswer } from './remembered-secrets'

/** Asks what only a person can answer while hosts connect, one question at a time. */
export class EditorPrompts implements ConnectionPrompts, RootPrompts {
  readonly #questions = new OneAtATime()
  readonly #secrets: RememberedSecrets

  constructor(secrets: SecretStorage) {
    this.#secrets = new RememberedSecrets(secrets)
  }

  confirmHostKey(key: UnknownHostKey): Promise<boolean> {
    return this.#questions.run(() =>
      confirm({
        message: l10n.t('The identity of {0} is not known yet. Trust it?', placeOf(key)),
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
    const title = l10n.t('Passphrase of a Private Key')
    const placeHolder = l10n.t('The passphrase of this key file')
    return this.#questions.run(() =>
      this.#secrets.get(`passphrase:${keyFile}`, () => promptSecret({ title, prompt: keyFile, placeHolder })),
    )
  }

  askPassword(login: HostLogin): Promise<string | undefined> {
    const { user, host, port } = login
    const title = l10n.t('Password on {0}', placeOf(login))
    const prompt = `${user}@${placeOf(login)}`
    const placeHolder = l10n.t('The password of this user on the host')
    return this.#questions.run(() =>
      this.#secrets.get(`password:${user}@${host}:${port}`, () => promptSecret({ title, prompt, placeHolder })),
    )
  }

  askRootPassword({ user, host, attempt }: RootLogin): Promise<string | undefined> {
    const title = l10n.t('Password for sudo on {0}', host)
    const login = `${user}@${host}`
    const prompt = attempt > 1 ? l10n.t('{0}: that password was refused', login) : login
    const placeHolder = l10n.t('The password of this user on the host')
    return this.#questions.run(() =>
      this.#secrets.get(`sudo:${login}`, () => promptSecret({ title, prompt, placeHolder })),
    )
  }

  answerQuestions(asked: LoginQuestions): Promise<readonly string[] | undefined> {
    return this.#questions.run(() => promptAnswers(asked))
  }
}

function placeOf({ host, port }: Pick<HostLogin, 'host' | 'port'>): string {
  return port === 22 ? host : `${host}:${port}`
}

interface SecretQuestion {
  readonly title: string
  readonly prompt: string
  readonly placeHolder: string
}

async function promptSecret({ title, prompt, placeHolder }: SecretQuestion): Promise<SecretAnswer | undefined> {
  const input = { title, prompt: withoutLinks(prompt), placeHolder, password: true, ignoreFocusOut: true }
  const secret = await window.showInputBox(input)
  if (secret === undefined) return undefined
  const remember = { label: l10n.t('Remember'), detail: l10n.t("Encrypted, in the editor's secret storage") }
  const forget = { label: l10n.t('Only until the window closes') }
  const choice = await window.showQuickPick([forget, remember], {
    title,
    placeHolder: l10n.t('Should it be remembered?'),
    ignoreFocusOut: true,
  })
  return { secret, remember: choice === remember }
}

/** Asks one after the other, in the host's words. */
async function promptAnswers(asked: LoginQuestions): Promise<readonly string[] | undefined> {
  const answers: string[] = []
  for (const { text, isHidden } of asked.questions) {
    const answer = await window.showInputBox({
      title: l10n.t('{0} Asks {1}', placeOf(asked), asked.user),
      prompt: withoutLinks([asked.instructions, text].filter((part) => part !== '').join(' ')),
      password: isHidden,
      ignoreFocusOut: true,
    })
    if (answer === undefined) return undefined
    answers.push(answer)
  }
  return answers
}
