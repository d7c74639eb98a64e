/** Where customers live: what a payload can say about it, and what money looks like there. */
export type Place = Readonly<{
  country: string;
  countryName: string;
  /** For countries with several zones. */
  province?: string;
  city: string;
  zone: string;
  locale: string;
  currency: string;
  /** Units of that currency for a pound, as the shop's checkout charged. */
  perPound: number;
  /** First names and family names, with the letters an e-mail address is made of. */
  firstNames: readonly (readonly [string, string])[];
  lastNames: readonly (readonly [string, string])[];
}>;

/** `Zoë|zoe` where the two differ, the plain name in lower case where they do not. */
const names = (text: string): readonly (readonly [string, string])[] =>
  text.split(', ').map((entry) => {
    const [name = '', ascii = name.toLowerCase()] = entry.split('|');
    return [name, ascii] as const;
  });

const british = {
  firstNames: names(
    'Olivia, Amelia, Isla, Ava, Freya, Zoë|zoe, Siân|sian, Grace, Florence, Harriet, Ngozi, Priya, Aisha, Oliver, George, Arthur, Noah, Leo, Rhys, Callum, Mohammed, Kwame, Dev, Hugo, Jean-Luc|jeanluc, Poppy 🌼|poppy',
  ),
  lastNames: names(
    "Smith, Jones, Taylor, Brown, Davies, Evans, Thomas, Okafor, Patel, Khan, Wright, Walker, O'Connor|oconnor, MacLeod|macleod, Hughes, Green, Baker, Chatterjee, Smith-Whitfield|smithwhitfield, Lewis",
  ),
};

const american = {
  firstNames: names('Emma, Sofia, Madison, Chloé 🌿|chloe, Mason, Ethan, Jayden, Liam, Brooklyn, Diego, Hannah, Tyler'),
  lastNames: names('Johnson, Williams, García|garcia, Miller, Nguyen, Kowalski, Anderson, Lee, Washington, Peña|pena'),
};

const inUsa = (province: string, city: string, zone: string): Place => ({
  country: 'US',
  countryName: 'United States',
  province,
  city,
  zone,
  locale: 'en-US',
  currency: 'USD',
  perPound: 1.27,
  ...american,
});

export const london: Place = {
  country: 'GB',
  countryName: 'United Kingdom',
  city: 'London',
  zone: 'Europe/London',
  locale: 'en-GB',
  currency: 'GBP',
  perPound: 1,
  ...british,
};

/** Places by how many of a hundred customers live there. */
export const places: readonly (readonly [Place, number])[] = [
  [london, 38],
  [{ ...london, city: 'Edinburgh' }, 14],
  [{ ...london, city: 'Cardiff' }, 8],
  [
    {
      ...london,
      country: 'IE',
      countryName: 'Ireland',
      city: 'Dublin',
      zone: 'Europe/Dublin',
      locale: 'en-IE',
      currency: 'EUR',
      perPound: 1.17,
      firstNames: names('Aoife, Niamh, Saoirse, Caoimhe, Seán|sean, Conor, Oisín|oisin, Pádraig|padraig'),
      lastNames: names("Murphy, Kelly, O'Sullivan|osullivan, Byrne, Ní Bhriain|nibhriain, Walsh"),
    },
    6,
  ],
  [
    {
      country: 'DE',
      countryName: 'Germany',
      city: 'Hamburg',
      zone: 'Europe/Berlin',
      locale: 'de-DE',
      currency: 'EUR',
      perPound: 1.17,
      firstNames: names('Jürgen|juergen, Björn|bjoern, Käthe|kaethe, Lena, Mia, Finn, Ayşe|ayse, Sören|soeren'),
      lastNames: names(
        'Müller|mueller, Weiß|weiss, Schröder|schroeder, Yılmaz|yilmaz, Vogel, von der Heide|vonderheide',
      ),
    },
    7,
  ],
  [
    {
      country: 'FR',
      countryName: 'France',
      city: 'Nantes',
      zone: 'Europe/Paris',
      locale: 'fr-FR',
      currency: 'EUR',
      perPound: 1.17,
      firstNames: names(
        'Renée|renee, Chloé|chloe, François|francois, Océane|oceane, Loïc|loic, Anaïs|anais, Théo|theo',
      ),
      lastNames: names("Lefèvre|lefevre, d'Arcy|darcy, Dubois, Benoît|benoit, Nguyễn|nguyen, Garnier"),
    },
    5,
  ],
  [
    {
      country: 'SE',
      countryName: 'Sweden',
      city: 'Göteborg',
      zone: 'Europe/Stockholm',
      locale: 'sv-SE',
      currency: 'SEK',
      perPound: 13.4,
      firstNames: names('Åsa|asa, Märta|marta, Elsa, Göran|goran, Linnéa|linnea, Nils'),
      lastNames: names('Öberg|oberg, Åkesson|akesson, Lindström|lindstrom, Berg'),
    },
    3,
  ],
  [
    {
      country: 'PL',
      countryName: 'Poland',
      city: 'Gdańsk',
      zone: 'Europe/Warsaw',
      locale: 'pl-PL',
      currency: 'PLN',
      perPound: 5.05,
      firstNames: names('Łukasz|lukasz, Małgorzata|malgorzata, Zofia, Stanisław|stanislaw'),
      lastNames: names('Wójcik|wojcik, Dąbrowska|dabrowska, Nowak'),
    },
    2,
  ],
  [inUsa('NY', 'Brooklyn', 'America/New_York'), 5],
  [inUsa('CA', 'Oakland', 'America/Los_Angeles'), 4],
  [inUsa('IL', 'Chicago', 'America/Chicago'), 2],
  [
    {
      ...inUsa('BC', 'Victoria', 'America/Vancouver'),
      country: 'CA',
      countryName: 'Canada',
      locale: 'en-CA',
      currency: 'CAD',
      perPound: 1.73,
    },
    1,
  ],
  [
    {
      country: 'AU',
      countryName: 'Australia',
      province: 'TAS',
      city: 'Hobart',
      zone: 'Australia/Hobart',
      locale: 'en-AU',
      currency: 'AUD',
      perPound: 1.93,
      firstNames: american.firstNames,
      lastNames: british.lastNames,
    },
    2,
  ],
  [
    {
      country: 'IL',
      countryName: 'Israel',
      city: 'Haifa',
      zone: 'Asia/Jerusalem',
      locale: 'he-IL',
      currency: 'ILS',
      perPound: 4.7,
      firstNames: names('נועה|noa, איתי|itai, תמר|tamar'),
      lastNames: names('לוי|levi, כהן|cohen, בן־דוד|bendavid'),
    },
    1,
  ],
  [
    {
      country: 'AE',
      countryName: 'United Arab Emirates',
      city: 'Dubai',
      zone: 'Asia/Dubai',
      locale: 'ar-AE',
      currency: 'AED',
      perPound: 4.66,
      firstNames: names('ليلى|layla, يوسف|yusuf, مريم|maryam'),
      lastNames: names('حداد|haddad, الفارسي|alfarsi'),
    },
    1,
  ],
  [
    {
      country: 'JP',
      countryName: 'Japan',
      city: '鎌倉',
      zone: 'Asia/Tokyo',
      locale: 'ja-JP',
      currency: 'JPY',
      perPound: 190,
      firstNames: names('美咲|misaki, 蓮|ren, さくら|sakura'),
      lastNames: names('佐藤|sato, 高橋|takahashi'),
    },
    1,
  ],
];
