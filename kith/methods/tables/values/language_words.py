"""Words by which lists name languages and levels, in English, Polish, German, Ukrainian, Arabic."""

STEMS = """
pl polsk polish polnisch польськ польск بولندي بولوني polon
uk ukrain ukr укр اوكراني українськ
ru rosyjsk russ rus ros рос руськ русск روسي
en angiel engl ang англ انجليزي انكليزي englisch anglais
de niemiec german deutsch niem нім нем الماني allemand
ar arab араб عربي عربيه
fa farsi persk persisch persian фарсі фарси перс فارسي
prs dari дарі дари دري
ps paszt pashto pasto paschtu pushto пушту пашто بشتو پشتو
tr turec turk turc турец тур تركي
ku kurd курд كردي kurmanj kurmandz курмандж كرمانجي
ckb sorani сорані сорани سوراني
be bialorus belarus weissruss weisruss білорус белорус бялор بيلاروسي
ro rumun roman rumän mold румун молд روماني
ka gruzi georgi грузин جورجي
hy ormian armen вірмен армян ارمني
az azer азер اذري
kk kazach kazak kasach казах كازاخي
uz uzbe usbe узбе اوزبكي
tg tadzy taji tadschi таджи طاجيكي
ky kirgi kyrgy киргиз
ce czecze chechen tschetsch чечен شيشاني
vi wietnam vietnam в'єтнам вьетнам фиетн فيتنامي
zh chins chines кита صيني mandary mandar kanton canton
fr franc french franzos франц فرنسي
es hiszpan spanis spani іспан испан اسباني espan
pt portug португ برتغالي
it wlos ital італ итал ايطالي
el grec greek griech грец греч يوناني
bg bulg болг булг بلغاري
sr serb серб صربي
hr chorw croat kroat хорват
bs bosn босн بوسني
sq alban албан الباني
mk macedo mazedo македо
cs czesk czech tschech чеськ чешск
sk slowack slovak slowak словац
sl slowens sloven slowen словен
hu wegier hungar ungar угор венгер
lt litew lithuan litau литов
lv lotew latvi lett латис латыш
et eston естон эстон
nl niderl dutch holender niederl нідер нидер
sv szwedz swed schwed швед سويدي
hi hindi гінді хинди هندي
ur urdu урду اردو
bn bengal бенгал بنغالي
ne nepal непал نيبالي
pa pandza pendza punjab pundsch
ti tigri tygry тигрин تغريني
am amhar амхар امهري
so somal сомал صومالي
sw suahil swahil суахіл суахил سواحيلي
om orom оромо اورومو
ha hausa хауса
yo yoruba joruba
ig igbo
ln lingala
rw kinyarw ruand
wo wolof
ff fula fulani pular
ti tigrinya
he hebr иврит іврит عبري
yi jidysz yiddish jiddisch
rom romani romski romsk romani romanes циган
ug ujgur uygh uigur
mn mongol монгол
th tajsk thai
tl tagal filip филип
id indonez indones
ko koreań korea коре
ja japon japan япон
ta tamil
si syngal sinhal singhal
my birman burm бірман
bo tybet tibet
ks kaszmir
tk turkmen туркмен
aii asyry assyr асир اشوري سرياني syriac
sgn migow pjm gebarden жестов اشاره
eo esperant
la lacin latein
"""

# Short forms and codes that people write; the country code ua stands for Ukrainian.
SHORT_FORMS = {
    "pl": "pl", "pol": "pl", "plk": "pl", "ua": "uk", "uk": "uk", "ukr": "uk", "ru": "ru",
    "rus": "ru", "ros": "ru", "en": "en", "eng": "en", "ang": "en", "gb": "en", "de": "de",
    "ger": "de", "deu": "de", "niem": "de", "nem": "de", "ar": "ar", "ara": "ar", "arab": "ar",
    "fa": "fa", "per": "fa", "fas": "fa", "prs": "prs", "ps": "ps", "pus": "ps", "tr": "tr",
    "tur": "tr", "ku": "ku", "kmr": "ku", "ckb": "ckb", "by": "be", "be": "be", "bel": "be",
    "fr": "fr", "fra": "fr", "fre": "fr", "franc": "fr", "es": "es", "spa": "es", "hiszp": "es",
    "it": "it", "ita": "it", "ro": "ro", "ge": "ka", "ka": "ka", "geo": "ka", "hy": "hy",
    "am": "am", "vn": "vi", "vi": "vi", "cn": "zh", "zh": "zh", "so": "so", "ti": "ti",
    "tig": "ti", "pt": "pt", "por": "pt", "hi": "hi", "ur": "ur", "bn": "bn", "ne": "ne",
    "sq": "sq", "alb": "sq", "sr": "sr", "bs": "bs", "hr": "hr", "bg": "bg", "el": "el",
    "cz": "cs", "cs": "cs", "sk": "sk", "hu": "hu", "lt": "lt", "nl": "nl", "farsi": "fa",
    "nim": "de", "англ": "en", "укр": "uk", "рос": "ru", "пол": "pl", "нім": "de", "рус": "ru",
    "нем": "de", "тур": "tr", "араб": "ar", "фр": "fr",
}  # fmt: skip

LEVELS = """
1 troche trochu slabo slaby slaba slabe kilka slow little bit few beginner wenig bisschen
1 anfanger трохи
1 немного слабо мало чуть قليل قليلا شويه a1 a0 poczatkujacy poczatkujaca niewiele nothing слабо
1 початківець
2 podst podstaw podstawowy podstawowa podstawowe basic elementary grundkenntnisse basis grund
2 базов
2 базовий базовый початковий начальный اساسي مبتدئ a2 podstawy einfach basics
3 komunikatywny komunikatywnie komunikatywna komunik sredni sredniozaawansowany srednio dobry
3 dobrze dobra
3 intermediate conversational good ok okay fair mittel gut середній середньо добре средний
3 хорошо متوسط جيد
3 b1 wystarczajacy розмовний разговорный rozmowny fortgeschritten
4 biegle biegly biegla zaawansowany plynnie plynny fluent fluently advanced fliessend fliesend
4 verhandlungssicher вільно вільне свободно свободный متقدم طليق طلاقه ممتاز b2 c1 perfekt
4 perfect profi
4 swobodnie doskonale swietnie excellent proficient
5 ojczysty ojczysta native mother tongue muttersprache muttersprachler muttersprachlich rodzimy
5 rodzima
5 рідна рідний родной родная رسالام لغه ام اللغه الام الام c2 dwujezyczny bilingual first
"""

FILLER = """
jezyk jezyki jezyka jezykiem po w mowi zna poziom level niveau nivel language languages speaks
spricht sprache sprachen мова мови мовою язык языки рівень уровень لغه اللغه مستوي the of on in only
tylko nur тільки только uczy sie learning lernt вчить учить is native speaker also kommunikativ
mother tongue his her and bit a few words slow ein bisschen very bardzo sehr дуже очень
"""
