"""Names of the months, in the languages that blogs are written in."""

# One paragraph per language; forms of a month are joined by "/". Case and full stops do not count.
_YEARS = """
january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept
october/oct november/nov december/dec

januar/jänner/jaenner februar/feber/feb märz/maerz/mär/mrz april mai juni juli august september/sept
oktober/okt november dezember/dez

janvier/janv février/fevrier/févr/fév/fevr mars avril/avr mai juin juillet/juil août/aout septembre/sept
octobre/oct novembre/nov décembre/decembre/déc

enero/ene febrero/feb marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre/sep octubre/oct
noviembre/nov diciembre/dic

gennaio/gen febbraio/feb marzo aprile maggio/mag giugno/giu luglio/lug agosto/ago settembre/set/sett
ottobre/ott novembre/nov dicembre/dic

janeiro/jan fevereiro/fev março/marco abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set
outubro/out novembro/nov dezembro/dez

januari februari maart/mrt april mei juni juli augustus september oktober/okt november december

stycznia/styczeń/sty lutego/luty/lut marca/marzec kwietnia/kwiecień/kwi maja/maj czerwca/czerwiec/cze
lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz października/październik/paź
listopada/listopad/lis grudnia/grudzień/gru

января/январь/янв февраля/февраль/фев/февр марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн
июля/июль/июл августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт ноября/ноябрь/ноя/нояб
декабря/декабрь/дек

січня/січень/січ лютого/лютий/лют березня/березень/бер квітня/квітень/кві травня/травень/тра
червня/червень/чер липня/липень/лип серпня/серпень/сер вересня/вересень/вер жовтня/жовтень/жов
листопада/листопад грудня/грудень/гру

ocak/oca şubat/subat/şub mart/mar nisan/nis mayıs/mayis haziran/haz temmuz/tem ağustos/agustos/ağu
eylül/eylul/eyl ekim/eki kasım/kasim/kas aralık/aralik/ara

januari februari mars april maj juni juli augusti/aug september oktober/okt november december

januar februar marts april maj juni juli august september oktober november december

januar februar mars april mai juni juli august september oktober november desember/des

tammikuuta/tammikuu helmikuuta/helmikuu maaliskuuta/maaliskuu huhtikuuta/huhtikuu toukokuuta/toukokuu
kesäkuuta/kesäkuu heinäkuuta/heinäkuu elokuuta/elokuu syyskuuta/syyskuu lokakuuta/lokakuu
marraskuuta/marraskuu joulukuuta/joulukuu

ledna/leden/led února/únor března/březen dubna/duben května/květen června/červen července/červenec
srpna/srpen září říjen/října listopadu prosince/prosinec

januára/január februára/február marca/marec apríla/apríl mája/máj júna/jún júla/júl augusta septembra
októbra/október novembra decembra

január/jan február/febr március/márc április/ápr május/máj június/jún július/júl augusztus/aug
szeptember/szept október/okt november december

ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie

gener febrer març abril maig juny juliol agost setembre octubre novembre desembre

siječnja/sijecnja veljače/veljace ožujka/ozujka travnja svibnja lipnja srpnja kolovoza rujna listopada
studenoga/studenog prosinca

јануар фебруар март април мај јун јул август септембар октобар новембар децембар

januarja/januar februarja/februar marca/marec aprila/april maja/maj junija/junij julija/julij avgusta/avgust
septembra/september oktobra/oktober novembra/november decembra/december

januar februar mart april maj jun jul avgust septembar oktobar novembar decembar

јануари февруари март април мај јуни јули август септември октомври ноември декември

sausio/sausis vasario/vasaris kovo/kovas balandžio/balandis gegužės/gegužė birželio/birželis liepos/liepa
rugpjūčio/rugpjūtis rugsėjo/rugsėjis spalio/spalis lapkričio/lapkritis gruodžio/gruodis

janvāris/janvāra/janvārī februāris/februāra/februārī marts/marta/martā aprīlis/aprīļa/aprīlī maijs/maija/maijā
jūnijs/jūnija/jūnijā jūlijs/jūlija/jūlijā augusts/augusta/augustā septembris/septembra/septembrī
oktobris/oktobra/oktobrī novembris/novembra/novembrī decembris/decembra/decembrī

jaanuar/jaanuaril veebruar/veebruaril märts/märtsil aprill/aprillil mai juuni juuli august september oktoober
november detsember

janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember

xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro

urtarrila/urtarrilaren otsaila/otsailaren martxoa/martxoaren apirila/apirilaren maiatza/maiatzaren
ekaina/ekainaren uztaila/uztailaren abuztua/abuztuaren iraila/irailaren urria/urriaren azaroa/azaroaren
abendua/abenduaren

студзеня лютага сакавіка красавіка траўня/мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня

ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر

جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر

януари февруари март април май юни юли август септември октомври ноември декември

ιανουαρίου/ιαν φεβρουαρίου/φεβ μαρτίου/μαρ απριλίου/απρ μαΐου/μαι ιουνίου/ιουν ιουλίου/ιουλ αυγούστου/αυγ
σεπτεμβρίου/σεπ οκτωβρίου/οκτ νοεμβρίου/νοε δεκεμβρίου/δεκ

يناير/كانون-الثاني فبراير/شباط مارس/آذار أبريل/ابريل/إبريل/نيسان مايو/أيار يونيو/يونيه/حزيران
يوليو/يوليه/تموز أغسطس/اغسطس/آب سبتمبر/أيلول أكتوبر/اكتوبر نوفمبر ديسمبر

ינואר פברואר מרץ/מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר

januari/jan februari/pebruari maret april mei juni juli agustus/agt september oktober november/nopember
desember/des

januari februari mac april mei jun julai ogos september oktober november disember
"""


def _read(table: str) -> dict[str, int]:
    months: dict[str, int] = {}
    for year in table.strip().split("\n\n"):
        for number, forms in enumerate(year.split(), 1):
            for form in forms.split("/"):
                months.setdefault(form.casefold(), number)
    return months


MONTHS: dict[str, int] = _read(_YEARS)
"""Case-folded name -> 1–12. Where two languages give one word to two months, the first listed wins."""

VIETNAMESE: dict[str, int] = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6,
    "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip


def month_of(word: str) -> int | None:
    """Number a month's name in whatever language; Hebrew and Arabic may carry a preposition."""
    word = word.casefold().rstrip(".")
    month = MONTHS.get(word)
    if month is None and word[:1] in "בו":
        month = MONTHS.get(word[1:])
    return month
