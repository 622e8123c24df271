"""Words in and around names: titles, offices, organisations, first names.

Own compilation, CC0-1.0.
"""

from __future__ import annotations

__all__ = [
    "FEMALE",
    "FIRST_NAMES",
    "MALE",
    "NATIONS",
    "OFFICES",
    "ORGANISATION",
    "ORGANS",
    "PARTICLES",
    "PLACES",
    "SUFFIX",
    "TITLES",
]

#: Words that stand before or after a name and say what its bearer is.
TITLES = frozenset(
    (
        "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend hon president vice-president "
        "vice prime minister deputy chancellor senator sen representative rep congressman congresswoman "
        "governor gov lieutenant lt mayor judge justice chief general gen colonel col captain capt major "
        "maj sergeant sgt admiral adm commander officer sheriff secretary undersecretary ambassador "
        "attorney prosecutor commissioner director chairman chairwoman chair chairperson speaker leader "
        "spokesman spokeswoman spokesperson king queen prince princess crown pope bishop archbishop "
        "cardinal imam rabbi ayatollah sheikh economist analyst hydrologist campaigner candidate nominee "
        "former acting interim then-president foreign finance interior health transport environment "
        "education defence defense economy trade labour labor energy state press home opposition party "
        "union federal national supreme central auditor-general governor-general mp mep councillor cllr "
        "inspector superintendent detective farmer nurse doctor teacher skipper co-founder founder ceo "
        "executive editor reporter correspondent manager coach counterpart head aide adviser advisor "
        "strategist ombudsman ombudswoman mediator whip owner senior counsel justices senators "
        "representatives reps sens govs governors ministers presidents mayors judges co-host host anchor "
        "del rear brig brigadier marshal staff chaplain vice-chair premier pm lawyer historian author "
        "councilman councilwoman councilmember alderman alderwoman assemblyman assemblywoman supervisor "
        "delegate treasurer comptroller controller trooper constable corporal cpl private pvt pastor deacon "
        "dean provost trustee principal superintendent warden marshall firefighter paramedic journalist "
        "activist organizer organiser biologist physicist scientist engineer pilot actor actress singer "
        "comedian filmmaker veteran surgeon physician columnist pollster lobbyist drs messrs profs cfo coo "
        "cto secretary-general director-general solicitor magistrate envoy monsignor msgr patriarch "
        "incumbent democrat businessman businesswoman billionaire retired"
    ).split()
)

#: Titles that say who somebody is; the rest only says what field.
OFFICES = frozenset(
    (
        "president vice-president minister chancellor senator representative congressman congresswoman "
        "governor mayor judge justice general colonel captain admiral commander officer sheriff secretary "
        "ambassador attorney prosecutor commissioner director chairman chairwoman chair chairperson speaker "
        "leader spokesman spokeswoman spokesperson king queen prince princess pope bishop archbishop "
        "cardinal economist analyst hydrologist campaigner candidate nominee auditor-general mp mep "
        "councillor professor doctor farmer nurse teacher skipper head founder co-founder ceo editor "
        "counterpart premier strategist lawmaker politician chief boss executive adviser advisor aide "
        "ombudsman ombudswoman inspector superintendent detective manager coach mediator whip owner "
        "headmistress headmaster deckhand landlord councilman councilwoman councilmember alderman "
        "assemblyman assemblywoman delegate treasurer comptroller controller trooper constable corporal "
        "pastor dean provost trustee principal warden firefighter paramedic journalist activist organizer "
        "organiser biologist physicist scientist engineer pilot actor actress singer comedian filmmaker "
        "surgeon physician columnist pollster lobbyist lawyer historian author cfo coo cto reporter "
        "secretary-general director-general solicitor magistrate envoy patriarch"
    ).split()
)

#: Words that make a capitalised phrase the name of something other than a person.
ORGANISATION = frozenset(
    (
        "party alliance ministry university street council court federation news post times house bank city "
        "river county states union agency department office committee commission congress parliament senate "
        "group company corporation inc ltd institute college school association society club church "
        "hospital police army force forces fund foundation centre center campaign team board authority "
        "security affairs administration intelligence homeland treasury capitol democracy republic kingdom "
        "islands north south east west new world avenue road square bay hills international national "
        "federal democratic republican democrats republicans greens watch herald journal tribune telegraph "
        "guardian network media channel radio television tv act bill law treaty agreement war day cup "
        "league games airport bridge harbour harbor port lake valley mountain amendment rule memo page "
        "caucus "
        "project program programme initiative report museum library trust coalition movement tower plaza "
        "resolution doctrine summit festival award prize orchestra theatre theater gazette chronicle "
        "sentinel star globe examiner observer register review bulletin dispatch centers centres line "
        "lines housewives images image photo photos district beach coast ocean sea gulf island county"
    ).split()
)

#: Kinds of organisation whose name may follow ("the news agency Talnews").
ORGANS = frozenset(
    (
        "agency newspaper magazine outlet broadcaster daily channel station company firm group website "
        "network portal paper party service union weekly operator maker charity"
    ).split()
)

#: Lower-case words inside names.
PARTICLES = frozenset(("al bin bint ibn van von der den de del della di da la le dos el ben ter").split())

#: Words after a surname.
SUFFIX = frozenset(("jr jr. sr sr. ii iii iv").split())

#: First names mostly of women.
FEMALE = frozenset(
    (
        "mary anna anne ann angela hillary nancy elizabeth sarah laura julia helen helene maria emma olivia "
        "sophia susan linda karen theresa margaret michelle melania ivanka kamala ruth edda petra clara "
        "lena greta ingrid miriam sunniva astrid yusra nadia nora eva eve lisa jane janet joan alice carol "
        "carly christine christina catherine katherine kate kathleen jennifer jessica amy emily rachel "
        "rebecca barbara patricia sandra donna diane diana deborah martha monica victoria valerie vanessa "
        "ursula marine jacinda giorgia sanna mette kaja magdalena annalena irene ellen elena elsa freya "
        "fiona gina gloria grace hannah heather heidi ida ines iris isabel jill judith judy kelly kellyanne "
        "laurie leah louise lucy lydia marta marie marina molly naomi natalie nicole nina patty peggy kim "
        "kimberly kristi kirsten kayleigh samantha stacey stacy tammy tulsi tracey abigail alexandria "
        "amanda andrea angelina april ava becky beth beverly bonnie brenda brianna caitlin carla caroline "
        "cassandra cecilia charlotte cheryl chloe claire claudia cindy cynthia daisy dana danielle daniela "
        "debbie denise dolores dorothy elaine eleanor elise ella erin ericka erica esther ethel evelyn "
        "florence frances gabriela gail genevieve georgia gretchen gwen hanna harriet hope ilhan isla ivy "
        "jacqueline jamila jan janice jasmine jean jeanine jeanne jessie jo jocelyn josephine joy joyce "
        "juanita julie june kara katie katrina kirstjen kristen kristin kyrsten lara lauren leila leslie "
        "lindsay liz lori lorraine louisa lynn madeleine madison maggie marcia marianne marjorie marsha "
        "maureen maxine megan melissa meredith mia mika mildred mindy miranda monique muriel nadine nikki "
        "norma olga pam pamela pat paulina pauline penelope penny phoebe phyllis rashida renee rhonda "
        "roberta robin rochelle rosalind roxanne ruby sabrina sara saskia selena shannon sherry shirley "
        "sonja sophie sue susana suzanne sylvia tamara tatiana thea tiffany toni tracy trudy ulrike uma "
        "valentina vicky violet vivian wanda yasmin yulia zainab zuzana paula priya rita rosa rose sally "
        "sharon sheila silvia simone sofia sonia stella stephanie tanya tara teresa tina vera wendy yvonne "
        "zoe loretta "
        "adaeze adele adriana agnes agnieszka aisha akiko alejandra alexandra alexis alicia alison allison "
        "alma alyssa amber amelie amina ana ananya anastasia anita anjali annette aoife ariana arlene audrey "
        "aurelie aylin ayse barbra beatrice beatriz bella bernadette bertha bethany betsy betty blanche "
        "bridget brigitte brittany bronwen brooke camille candace candy carmen carolyn carrie catalina cathy "
        "cecile celine chantal charlene chiara chioma ciara clotilde cokie colleen condoleezza connie "
        "constance consuelo cora courtney crystal daphne daria darlene deb debra deepa deirdre delores "
        "delphine desiree dianne dominique dora doreen doris edith eileen ekaterina elif eliza elodie eloise "
        "elsie erika esperanza eunice ewa fatima faye federica felicia florianne francesca gabrielle galina "
        "geraldine ginevra ginger giulia gladys glenda guadalupe gwendolyn hazel hilary holly huma ilaria "
        "ileana imani indira irina irma isabella isabelle jackie jacquelyn janelle jeanette jeannette jen "
        "jenny joanna joanne jodi joni julianne juliette kaci karin karla katarzyna kathryn kathy kavita kay "
        "kayla kendra keri khadija krista kristina kristine lakshmi larisa latoya layla leeann leticia "
        "letitia lillian lily ling lois lora lorena lucia lucille lucinda ludmila luisa luz lynda lynne "
        "lyudmila mabel madeline mae maeve malgorzata mallory mandy manuela margarita margaux margie mariam "
        "marian marilyn marisol marlene mathilde mazie meera megyn mei melanie mercedes michele mona myra "
        "nadezhda naoko natalia natasha nathalie nellie ngozi niamh nisha noelle nour odile oksana paige "
        "paloma paola pearl pilar pramila priscilla rachael radha ramona rania rhiannon robyn rocio rosemary "
        "salma samira sandrine segolene shari shelley shelly sherri silvana sinead siobhan solange soledad "
        "sonya soraya stormy sunita svetlana sylvie tabitha terri thelma tonya trisha usha veronique vicki "
        "viola wanjiru whitney winifred ximena yelena yolanda yuki yulya yvette zeynep zofia zoya"
    ).split()
)

#: First names mostly of men.
MALE = frozenset(
    (
        "donald john james robert michael william david richard joseph thomas charles christopher daniel "
        "matthew mark paul steven stephen andrew george kevin brian edward ronald timothy jason jeffrey "
        "jeff ryan jacob gary nicholas eric jonathan larry justin scott brandon benjamin samuel gregory "
        "frank alexander patrick raymond jack dennis jerry tyler aaron jose adam henry nathan peter "
        "vladimir dmitry sergei sergey barack bill bernie ted marco jeb ben rand mike chris emmanuel boris "
        "tony gordon keir rishi olaf joe jim tim tom tobias ilan henrik leopold carl jonas dario ansel "
        "viktor victor otto casimir bram simon philip antonio ebrahim ibrahim mohammed muhammad mahmoud ali "
        "hassan hussein recep volodymyr oleg igor ivan nikolai mikhail alexei andrei anthony albert alan "
        "arthur bruce carlos craig derek diego doug douglas dan don ed evan fred francis felix gerald glenn "
        "greg harry harvey howard hugh ian isaac jake jeremy karl keith kenneth kyle lawrence lee leo leon "
        "louis luis luke martin max mitch mitt neil nick norman oliver oscar pablo pedro phil ralph randy "
        "roger ross roy russell sam sean seth stanley steve stuart terry theodore todd trevor vincent "
        "walter warren wayne xavier zachary newt rudy lindsey abdul abdullah abraham adrian ahmad ahmed "
        "akira alberto alejandro alec alfred alfredo allan allen alvin amir amos andreas andres andy anton "
        "antony archie armando arnold ashraf austin barry bart benedict benny bernard bertrand bob bobby "
        "brad bradley brendan brent brett bryan byron caleb calvin cameron carlo cedric cesar chad charlie "
        "chester christian chuck clarence claude clay clifford clint cody colin connor conor cornelius cory "
        "curtis cyril dale damian damon darren darryl dave davis dean denis derrick desmond devin dominic "
        "duncan dwight dylan earl eddie edgar eduardo edwin eli elias elijah elliot elon emilio enrique "
        "erik ernest ernesto ethan eugene fabian fernando floyd franklin frederick fredrik gabriel garrett "
        "gavin gene geoffrey geoff georgi gilbert giles giovanni giuseppe glen graham grant gus gustavo guy "
        "hans harold hector herbert herman horace hugo hunter ismail ivo jaime jamal jared jarrod javier "
        "jay jean-claude jean-luc jens jerome jesse jimmy joel johan johannes johnny jon jordan jorge "
        "joshua juan jules julian julio jurgen karim kenny kent kurt lance lars leonard leonid les lester "
        "liam lloyd lorenzo lou luca lucas lukas mahmud malcolm manuel marc marcel marcus mario marvin "
        "mateo matt matteo maurice mauricio melvin micah miguel miles milo mitchell mohamed mohammad morgan "
        "morris moses murray mustafa nasser nathaniel ned nigel noah noel olav ole omar orlando osama owen "
        "paolo pascal pavel pete petro pierre preston quentin rafael ralf ramon randall rashid raul ray "
        "reginald rex ricardo rick ricky rob robbie roberto rod rodney rodrigo roland roman ron ronnie rory "
        "rowan rupert salvador sebastian sergio shane shaun sid silvio simeon sidney spencer stan stefan "
        "stephan stewart sven teddy tariq thabo thierry tobin travis troy ty ulrich usman vance vince "
        "vladislav volker wade wesley wilhelm will willem willie winston wolfgang yannis yasser yuri yusuf "
        "al zack bashar binyamin carl-erik dmitri hamid hashim ismael jair javad josep kim-jong lai luiz "
        "masoud mohammad-bagher narendra nayib salman shigeru xi yoav zoltan "
        "abbas ahmet aidan alain aleksandr aleksei alessandro alistair alvaro amit anatoly anderson andrey "
        "angus anil antonin arjun arne asa ashton barney bilal blake bogdan bowe brady brennan bret brock "
        "callum chidi ciaran cliff cole colton corey cormac cristobal dannel danny darrell dawson declan "
        "deepak deshawn deval devon dick didier dieter donovan dov dustin dzhokhar eamon edgardo eliot "
        "elliott emeka emile emiliano emmet emmett emre enrico esteban everett ewan fabio faisal felipe "
        "fergus fethullah finbarr franco francois fyodor gabe gareth garrison gennady gerhard gianni gilles "
        "giorgio grady gregg guillaume guillermo gunther hakeem hal hamish hamza hank hayden heath heinz "
        "hernan herve hiroshi hogan horst ignacio ilya imran irving irwin jacques jamaal jan-peter jeh "
        "jeremiah jerrod jerrold jin joaquim joaquin jochen josh judd kemal ken kenji khalid khizr kirby "
        "kirill kirk klaus kofi konstantin kwame lachlan lamar lamont laurence laurent leandro leopoldo "
        "lionel lowell luc luigi luther lyle lyndon malik manfred marcelin marcello marshall massimo maxim "
        "maxwell mehmet merle merrick mevlut mick ming moammar mustapha naftali nasir nate nelson nicolas "
        "nikita nikolas norm octavio oleksandr olivier olu orrin osman otis padraig patrice percy petr "
        "philippe preet qassem quincy raheem rahm raimundo raj rajesh ramiro randal rashad reggie reince "
        "reinhard remi rene rhett rhys rocco rodger rogelio rolando rolf ruben rudolph rufus russ salim "
        "samir "
        "sammy sanjay santiago saul saxby seamus shawn sheldon sherman sherrod shinzo silvano stanislav "
        "stefano steny sunil sylvester tad takeshi tamerlan tarek tarquin tavis thad thibaut thom thurgood "
        "toby tomas tommy trayvon trent trey tucker tunde tyrone umberto uwe vadim valery vasily vern vernon "
        "vicente vijay vikram vincenzo virgil vitaly vito wei werner willis woodrow woody yair yevgeny "
        "yitzhak yosef yousef youssef yves zach zbigniew"
    ).split()
)

#: First names of women and men alike.
_EITHER = frozenset("alex jamie taylor casey drew reid val ashley carter".split())

#: All first names.
FIRST_NAMES = FEMALE | MALE | _EITHER

#: Countries and states: behind no first name, they end no name of a person.
PLACES = frozenset(
    (
        "afghanistan africa alabama alaska albania algeria america angola argentina arizona arkansas "
        "armenia asia australia austria azerbaijan bahrain bangladesh beijing belarus belgium bolivia "
        "bosnia botswana brazil britain brussels bulgaria burma california cambodia cameroon canada chile "
        "china colombia colorado congo connecticut croatia cuba cyprus delaware denmark ecuador egypt "
        "england eritrea estonia ethiopia europe finland florida france gabon germany ghana greece "
        "guatemala haiti hawaii honduras hungary iceland idaho illinois india indiana indonesia iowa iran "
        "iraq ireland israel italy jamaica japan jerusalem jordan kansas kazakhstan kentucky kenya korea "
        "kosovo kuwait laos latvia lebanon liberia libya lithuania louisiana luxembourg macedonia maine "
        "malaysia mali malta maryland massachusetts mexico michigan minnesota mississippi missouri moldova "
        "mongolia montana montenegro morocco morvia moscow mozambique myanmar namibia nebraska nepal "
        "netherlands nevada nicaragua niger nigeria norway ohio oklahoma oman oregon pakistan palestine "
        "panama paraguay pennsylvania peru philippines poland portugal qatar romania russia rwanda scotland "
        "senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan "
        "talvera tanzania tehran tennessee texas thailand tunisia turkey uganda ukraine uruguay utah "
        "uzbekistan venezuela vermont vietnam wales washington wisconsin wyoming yemen zambia zimbabwe"
    ).split()
)

#: Adjectives of origin that are no part of a name (those in -ian, -ish, -ese apart).
NATIONS = frozenset(
    (
        "french german american hispanic latino israeli iraqi dutch greek swiss czech thai russian "
        "republican democratic kremlin morvian talveran"
    ).split()
)
