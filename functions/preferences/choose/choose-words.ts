type Words = Readonly<{
  heading: string;
  text: string;
  less: string;
  save: string;
  saved: readonly [heading: string, text: string];
  stop: string;
}>;

/** What the preference page says, by language. Topics are shown in the shop's own words. */
export const chooseWords = {
  en: {
    heading: 'What may we send you?',
    text: 'Mail about orders you place always comes.',
    less: 'Less often: at most once a month',
    save: 'Save',
    saved: ['Saved', 'From now on you get what you chose. You can close this page.'],
    stop: 'Stop all news and offers',
  },
  de: {
    heading: 'Was dürfen wir Ihnen schicken?',
    text: 'Mails zu Ihren Bestellungen kommen immer.',
    less: 'Seltener: höchstens einmal im Monat',
    save: 'Speichern',
    saved: ['Gespeichert', 'Ab jetzt erhalten Sie, was Sie gewählt haben. Sie können diese Seite schließen.'],
    stop: 'Alle Neuigkeiten und Angebote beenden',
  },
  fr: {
    heading: 'Que pouvons-nous vous envoyer ?',
    text: 'Les messages sur vos commandes arrivent toujours.',
    less: 'Moins souvent : au plus une fois par mois',
    save: 'Enregistrer',
    saved: ['Enregistré', 'Vous recevrez désormais ce que vous avez choisi. Vous pouvez fermer cette page.'],
    stop: 'Arrêter toutes les nouveautés et offres',
  },
  es: {
    heading: '¿Qué podemos enviarle?',
    text: 'Los mensajes sobre sus pedidos llegan siempre.',
    less: 'Menos a menudo: como máximo una vez al mes',
    save: 'Guardar',
    saved: ['Guardado', 'A partir de ahora recibirá lo que ha elegido. Puede cerrar esta página.'],
    stop: 'Dejar de recibir novedades y ofertas',
  },
  it: {
    heading: 'Che cosa possiamo inviarle?',
    text: 'I messaggi sui suoi ordini arrivano sempre.',
    less: 'Meno spesso: al massimo una volta al mese',
    save: 'Salva',
    saved: ['Salvato', 'Da ora riceverà ciò che ha scelto. Può chiudere questa pagina.'],
    stop: 'Interrompi tutte le novità e offerte',
  },
  nl: {
    heading: 'Wat mogen we u sturen?',
    text: 'Mail over uw bestellingen komt altijd.',
    less: 'Minder vaak: hooguit één keer per maand',
    save: 'Opslaan',
    saved: ['Opgeslagen', 'Vanaf nu krijgt u wat u hebt gekozen. U kunt deze pagina sluiten.'],
    stop: 'Stop met al het nieuws en alle aanbiedingen',
  },
  pt: {
    heading: 'O que podemos enviar-lhe?',
    text: 'As mensagens sobre as suas encomendas chegam sempre.',
    less: 'Menos vezes: no máximo uma vez por mês',
    save: 'Guardar',
    saved: ['Guardado', 'A partir de agora recebe o que escolheu. Pode fechar esta página.'],
    stop: 'Parar todas as novidades e ofertas',
  },
  ar: {
    heading: 'ماذا يمكننا أن نرسل إليك؟',
    text: 'الرسائل المتعلقة بطلباتك تصل دائمًا.',
    less: 'بوتيرة أقل: مرة واحدة في الشهر على الأكثر',
    save: 'حفظ',
    saved: ['تم الحفظ', 'من الآن فصاعدًا سيصلك ما اخترته. يمكنك إغلاق هذه الصفحة.'],
    stop: 'إيقاف جميع الأخبار والعروض',
  },
  he: {
    heading: 'מה נוכל לשלוח אליך?',
    text: 'הודעות על הזמנות שלך מגיעות תמיד.',
    less: 'לעיתים רחוקות יותר: לכל היותר פעם בחודש',
    save: 'שמירה',
    saved: ['נשמר', 'מעכשיו יישלח אליך מה שבחרת. אפשר לסגור את הדף.'],
    stop: 'להפסיק את כל החדשות והמבצעים',
  },
  ja: {
    heading: '配信内容をお選びください',
    text: 'ご注文に関するメールは必ず届きます。',
    less: '回数を減らす（月に1回まで）',
    save: '保存する',
    saved: ['保存しました', '今後はお選びいただいた内容でお届けします。このページは閉じてかまいません。'],
    stop: 'お知らせとご案内をすべて停止する',
  },
  zh: {
    heading: '您希望收到哪些邮件？',
    text: '与您订单有关的邮件始终会发送。',
    less: '减少频率：每月最多一次',
    save: '保存',
    saved: ['已保存', '今后将按您的选择发送。您可以关闭此页面。'],
    stop: '停止接收所有资讯和优惠',
  },
} as const satisfies Record<string, Words>;

export const chooseWordsFor = (language: string): Words =>
  new Map<string, Words>(Object.entries(chooseWords)).get(language) ?? chooseWords.en;
