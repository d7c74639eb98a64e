type Said = readonly [heading: string, text: string];
type Words = Readonly<{ ask: Said; button: string; done: Said; late: Said }>;

/** What the confirmation page says, by language. */
export const confirmWords = {
  en: {
    ask: [
      'Was it you?',
      'Please confirm that this shop may write to you by e-mail. You can stop it again at any time.',
    ],
    button: 'Yes, it was me',
    done: ['Thank you, that is settled', 'Your address is confirmed. You can close this page.'],
    late: [
      'This link no longer works',
      'It is older than seven days, or not complete. Please sign up at the shop again.',
    ],
  },
  de: {
    ask: [
      'Waren Sie das?',
      'Bitte bestätigen Sie, dass dieser Shop Ihnen E-Mails schreiben darf. Sie können das jederzeit beenden.',
    ],
    button: 'Ja, das war ich',
    done: ['Danke, das ist erledigt', 'Ihre Adresse ist bestätigt. Sie können diese Seite schließen.'],
    late: [
      'Dieser Link gilt nicht mehr',
      'Er ist älter als sieben Tage oder unvollständig. Bitte melden Sie sich im Shop noch einmal an.',
    ],
  },
  fr: {
    ask: [
      'Était-ce vous ?',
      'Confirmez que cette boutique peut vous écrire par e-mail. Vous pourrez y mettre fin à tout moment.',
    ],
    button: 'Oui, c’était moi',
    done: ['Merci, c’est fait', 'Votre adresse est confirmée. Vous pouvez fermer cette page.'],
    late: [
      'Ce lien ne fonctionne plus',
      'Il a plus de sept jours ou est incomplet. Inscrivez-vous de nouveau dans la boutique.',
    ],
  },
  es: {
    ask: [
      '¿Ha sido usted?',
      'Confirme que esta tienda puede escribirle por correo. Podrá dejarlo en cualquier momento.',
    ],
    button: 'Sí, he sido yo',
    done: ['Gracias, ya está', 'Su dirección está confirmada. Puede cerrar esta página.'],
    late: [
      'Este enlace ya no funciona',
      'Tiene más de siete días o está incompleto. Inscríbase de nuevo en la tienda.',
    ],
  },
  it: {
    ask: ['È stato lei?', 'Confermi che questo negozio può scriverle per e-mail. Potrà smettere in qualsiasi momento.'],
    button: 'Sì, sono stato io',
    done: ['Grazie, è fatto', 'Il suo indirizzo è confermato. Può chiudere questa pagina.'],
    late: ['Questo link non funziona più', 'Ha più di sette giorni o è incompleto. Si iscriva di nuovo nel negozio.'],
  },
  nl: {
    ask: ['Was u dit?', 'Bevestig dat deze winkel u mag mailen. U kunt er altijd mee stoppen.'],
    button: 'Ja, dat was ik',
    done: ['Bedankt, het is geregeld', 'Uw adres is bevestigd. U kunt deze pagina sluiten.'],
    late: [
      'Deze link werkt niet meer',
      'Hij is ouder dan zeven dagen of niet volledig. Meld u opnieuw aan bij de winkel.',
    ],
  },
  pt: {
    ask: [
      'Foi o senhor ou a senhora?',
      'Confirme que esta loja pode escrever-lhe por e-mail. Pode parar a qualquer momento.',
    ],
    button: 'Sim, fui eu',
    done: ['Obrigado, está feito', 'O seu endereço está confirmado. Pode fechar esta página.'],
    late: ['Esta ligação já não funciona', 'Tem mais de sete dias ou está incompleta. Inscreva-se de novo na loja.'],
  },
  ar: {
    ask: ['هل كنت أنت؟', 'يرجى تأكيد أن هذا المتجر يمكنه مراسلتك بالبريد الإلكتروني. يمكنك إيقاف ذلك في أي وقت.'],
    button: 'نعم، كنت أنا',
    done: ['شكرًا، تم الأمر', 'تم تأكيد عنوانك. يمكنك إغلاق هذه الصفحة.'],
    late: ['لم يعد هذا الرابط صالحًا', 'مضى عليه أكثر من سبعة أيام أو أنه غير مكتمل. يرجى التسجيل في المتجر من جديد.'],
  },
  he: {
    ask: ['זה היית את או אתה?', 'נא לאשר שהחנות הזו רשאית לכתוב אליך בדואר אלקטרוני. אפשר להפסיק בכל עת.'],
    button: 'כן, זה אני',
    done: ['תודה, זה הוסדר', 'הכתובת שלך אושרה. אפשר לסגור את הדף.'],
    late: ['הקישור כבר אינו פעיל', 'עברו יותר משבעה ימים או שהקישור אינו שלם. נא להירשם שוב בחנות.'],
  },
  ja: {
    ask: ['ご本人ですか？', 'このショップからのメール配信をご確認ください。配信はいつでも停止できます。'],
    button: 'はい、本人です',
    done: ['ご確認ありがとうございます', 'メールアドレスを確認しました。このページは閉じてかまいません。'],
    late: ['このリンクは無効です', '7日以上経過しているか、リンクが不完全です。ショップでもう一度ご登録ください。'],
  },
  zh: {
    ask: ['是您本人吗？', '请确认本店可以向您发送电子邮件。您可以随时停止接收。'],
    button: '是的，是我',
    done: ['谢谢，已确认', '您的邮箱地址已确认。您可以关闭此页面。'],
    late: ['此链接已失效', '链接已超过七天或不完整。请在店铺重新登记。'],
  },
} as const satisfies Record<string, Words>;

export const confirmWordsFor = (language: string): Words =>
  new Map<string, Words>(Object.entries(confirmWords)).get(language) ?? confirmWords.en;
