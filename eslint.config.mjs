import eslint from '@eslint/js'
import tseslint from 'typescript-eslint'

/** What the layer of a folder may not import; ARCHITECTURE.md says why. */
const layer = (folder, banned) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: banned.map(([regex, message]) => ({ regex, message: `${folder} must not import ${message}` })),
      },
    ],
  },
})

const vscodeApi = ['^vscode$', 'the editor']
const engineLibraries = ['^(dockerode|docker-modem|ssh2|ssh-config)(/|$)', 'a transport library']
const node = ['^node:', 'Node']
const processAndNetwork = ['^node:(fs|net|tls|http|https|child_process|dgram|dns)(/|$)', 'I/O']
const layers = (...names) => [`(^|/)(${names.join('|')})/`, `the layers ${names.join(', ')}`]

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'artifacts/', 'node_modules/', '.vscode-test/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // tsconfig's noPropertyAccessFromIndexSignature asks for the brackets that this rule would take away.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file itself.' },
      ],
      'max-params': ['error', 3],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  layer('core', [vscodeApi, engineLibraries, node, layers('adapters', 'app', 'vscode')]),
  layer('app', [vscodeApi, engineLibraries, processAndNetwork, layers('adapters', 'vscode')]),
  layer('adapters', [vscodeApi, layers('app', 'vscode')]),
  layer('webview', [vscodeApi, engineLibraries, node, layers('adapters', 'app', 'vscode')]),
  layer('vscode', [engineLibraries, processAndNetwork, layers('adapters')]),
  {
    files: ['test/**/*.ts', 'vitest.config.ts'],
    rules: {
      'max-lines': 'off',
      'max-params': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['vitest.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly', fetch: 'readonly' },
    },
  },
)
