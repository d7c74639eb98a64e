import type { UnsubscribeOutcome } from './unsubscribe.ts';

type Words = Readonly<Record<UnsubscribeOutcome, readonly [heading: string, text: string]> & { button: string }>;

/** What the page says, by language. Plain words: whoever reads this wants to be done. */
export const pageWords = {
  en: {
    ask: [
      'Unsubscribe?',
      'You will get no more news and offers from this shop. Mail about orders you place still comes.',
    ],
    button: 'Unsubscribe',
    done: [
      'You are unsubscribed',
      'No more news and offers from this shop will be sent to you. You can close this page.',
    ],
    unknown: [
      'This link is not complete',
      'Please use the whole link from the mail, or the unsubscribe button of your mail program.',
    ],
    failed: ['That did not work just now', 'Nothing was changed. Please try again in a few minutes.'],
  },
  de: {
    ask: [
      'Abmelden?',
      'Sie erhalten dann keine Neuigkeiten und Angebote dieses Shops mehr. Mails zu Ihren Bestellungen kommen weiterhin.',
    ],
    button: 'Abmelden',
    done: [
      'Sie sind abgemeldet',
      'Dieser Shop schickt Ihnen keine Neuigkeiten und Angebote mehr. Sie können diese Seite schließen.',
    ],
    unknown: [
      'Dieser Link ist unvollständig',
      'Bitte verwenden Sie den ganzen Link aus der Mail oder den Abmelde-Knopf Ihres Mailprogramms.',
    ],
    failed: [
      'Das hat gerade nicht geklappt',
      'Es wurde nichts geändert. Bitte versuchen Sie es in ein paar Minuten noch einmal.',
    ],
  },
  fr: {
    ask: [
      'Se désabonner ?',
      'Vous ne recevrez plus les nouveautés et les offres de cette boutique. Les messages sur vos commandes continueront d’arriver.',
    ],
    button: 'Me désabonner',
    done: [
      'Vous êtes désabonné(e)',
      'Cette boutique ne vous enverra plus de nouveautés ni d’offres. Vous pouvez fermer cette page.',
    ],
    unknown: [
      'Ce lien est incomplet',
      'Utilisez le lien entier du message, ou le bouton de désabonnement de votre messagerie.',
    ],
    failed: ['Cela n’a pas fonctionné', 'Rien n’a été modifié. Merci de réessayer dans quelques minutes.'],
  },
  es: {
    ask: [
      '¿Darse de baja?',
      'No recibirá más novedades ni ofertas de esta tienda. Los mensajes sobre sus pedidos seguirán llegando.',
    ],
    button: 'Darme de baja',
    done: ['Se ha dado de baja', 'Esta tienda no le enviará más novedades ni ofertas. Puede cerrar esta página.'],
    unknown: [
      'Este enlace está incompleto',
      'Use el enlace completo del mensaje o el botón de baja de su programa de correo.',
    ],
    failed: ['No ha funcionado', 'No se ha cambiado nada. Inténtelo de nuevo en unos minutos.'],
  },
  it: {
    ask: [
      'Annullare l’iscrizione?',
      'Non riceverà più novità e offerte da questo negozio. I messaggi sui suoi ordini continueranno ad arrivare.',
    ],
    button: 'Annulla l’iscrizione',
    done: ['Iscrizione annullata', 'Questo negozio non le invierà più novità e offerte. Può chiudere questa pagina.'],
    unknown: [
      'Questo link è incompleto',
      'Usi il link intero del messaggio o il pulsante di annullamento del suo programma di posta.',
    ],
    failed: ['Non ha funzionato', 'Non è stato modificato nulla. Riprovi tra qualche minuto.'],
  },
  nl: {
    ask: [
      'Afmelden?',
      'U krijgt dan geen nieuws en aanbiedingen van deze winkel meer. Mail over uw bestellingen blijft komen.',
    ],
    button: 'Afmelden',
    done: ['U bent afgemeld', 'Deze winkel stuurt u geen nieuws en aanbiedingen meer. U kunt deze pagina sluiten.'],
    unknown: ['Deze link is niet volledig', 'Gebruik de hele link uit de mail, of de afmeldknop van uw mailprogramma.'],
    failed: ['Dat lukte nu niet', 'Er is niets gewijzigd. Probeer het over een paar minuten opnieuw.'],
  },
  pt: {
    ask: [
      'Cancelar a subscrição?',
      'Não receberá mais novidades nem ofertas desta loja. As mensagens sobre as suas encomendas continuam a chegar.',
    ],
    button: 'Cancelar a subscrição',
    done: ['Subscrição cancelada', 'Esta loja não lhe enviará mais novidades nem ofertas. Pode fechar esta página.'],
    unknown: [
      'Esta ligação está incompleta',
      'Use a ligação inteira da mensagem ou o botão de cancelamento do seu programa de correio.',
    ],
    failed: ['Não funcionou', 'Nada foi alterado. Tente de novo dentro de alguns minutos.'],
  },
  ar: {
    ask: ['إلغاء الاشتراك؟', 'لن تصلك بعد الآن أخبار وعروض هذا المتجر. وستصلك الرسائل المتعلقة بطلباتك كالمعتاد.'],
    button: 'إلغاء الاشتراك',
    done: ['تم إلغاء اشتراكك', 'لن يرسل إليك هذا المتجر أخبارًا أو عروضًا بعد الآن. يمكنك إغلاق هذه الصفحة.'],
    unknown: ['هذا الرابط غير مكتمل', 'يرجى استخدام الرابط الكامل من الرسالة، أو زر إلغاء الاشتراك في برنامج البريد.'],
    failed: ['لم ينجح ذلك الآن', 'لم يتغير شيء. يرجى المحاولة مرة أخرى بعد بضع دقائق.'],
  },
  he: {
    ask: [
      'להסיר אותך מרשימת התפוצה?',
      'לא יישלחו אליך עוד חדשות ומבצעים מהחנות הזו. הודעות על הזמנות שלך ימשיכו להגיע.',
    ],
    button: 'הסרה מהרשימה',
    done: ['הוסרת מרשימת התפוצה', 'החנות הזו לא תשלח אליך עוד חדשות ומבצעים. אפשר לסגור את הדף.'],
    unknown: ['הקישור אינו שלם', 'יש להשתמש בקישור המלא מההודעה, או בכפתור ההסרה של תוכנת הדואר.'],
    failed: ['זה לא הצליח כרגע', 'דבר לא השתנה. נא לנסות שוב בעוד כמה דקות.'],
  },
  ja: {
    ask: [
      '配信を停止しますか？',
      'このショップからのお知らせやご案内は届かなくなります。ご注文に関するメールは引き続き届きます。',
    ],
    button: '配信を停止する',
    done: [
      '配信を停止しました',
      'このショップからのお知らせやご案内は今後お送りしません。このページは閉じてかまいません。',
    ],
    unknown: ['リンクが不完全です', 'メールに記載のリンク全体を開くか、メールソフトの配信停止ボタンをご利用ください。'],
    failed: ['処理できませんでした', '設定は変更されていません。数分後にもう一度お試しください。'],
  },
  zh: {
    ask: ['确定退订吗？', '退订后，您将不再收到本店的资讯和优惠邮件。与您订单有关的邮件仍会照常发送。'],
    button: '退订',
    done: ['您已退订', '本店不会再向您发送资讯和优惠邮件。您可以关闭此页面。'],
    unknown: ['链接不完整', '请使用邮件中的完整链接，或邮件程序中的退订按钮。'],
    failed: ['暂时未能完成', '没有任何更改，请几分钟后再试。'],
  },
} as const satisfies Record<string, Words>;

export const wordsFor = (language: string): Words =>
  new Map<string, Words>(Object.entries(pageWords)).get(language) ?? pageWords.en;
