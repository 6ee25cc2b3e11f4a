/** Why the service gave nothing that could be used. None of it is a word against a licence. */
export const SERVICE_TEXTS = {
  unreachable: {
    zh: '连接不上核验服务；这不表示证照有问题',
    en: 'The service cannot be reached; this says nothing about the licence',
  },
  badAnswer: {
    zh: '核验服务的应答无法识别；这不表示证照有问题',
    en: 'The answer of the service could not be read; this says nothing about the licence',
  },
  unproven: {
    zh: '核验报告的签名不可信，请勿使用；这不表示证照有问题',
    en: 'The key of the service did not sign this report: do not rely on it; this says nothing about the licence',
  },
} as const
