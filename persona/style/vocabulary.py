"""Word lists of chat language: how often words stand in anybody's chats, and the little ones."""

_PER_TEN_THOUSAND = {
    350: "the",
    240: "a to i you and it",
    120: "of is in that for have not",
    70: "but on with your it's are what do just so be my can if was this",
    40: "like or get about how no me all at as from then i'm some one they we he she",
    25: "there an its up don't out any good see will time would really think know go now did too "
    "when more well has them make been her him his by want use",
    15: "also that's way work sure yes here great you're lot should new because other only into "
    "i've had could today right something people going even does day who why am got back than "
    "were need after off over love yeah",
    9: "much very always ok okay though please anything still where maybe find actually stuff look "
    "their doing first home bit things again better best before probably take most never down "
    "come say tell him oh lol haha thanks sorry nice gonna one's im dont which our us",
    5: "those same friends feel few being fun day's while used give both long can't show mean many "
    "last fine idea bad said already put start tomorrow tonight made kind thing didn't getting "
    "hey hi hear guess makes hard big years done they're place around live haven't every nothing "
    "cool ah watch man little yet having week year wow once each everything doesn't there's i'd "
    "i'll isn't next let left two play eat food house family mom dad morning night happy hope "
    "pretty amazing definitely u don t s till until soon later call phone",
}
"""Words of everyday chat English by how often they stand in ten thousand words, in rough bands."""

BACKGROUND = {
    word: band / 10_000 for band, row in _PER_TEN_THOUSAND.items() for word in row.split()
}
RARE = 2 / 10_000
"""What any other word is taken to have."""

FILLERS = frozenset(
    (
        "like just really actually literally honestly basically totally definitely probably "
        "maybe kinda sorta anyway anyways well so yeah yea yep yup ya nah ok okay okey alright "
        "right sure cool nice oh ooh ah aww wow omg dude bro man mate girl babe lads guys "
        "obviously seriously tbh ngl lowkey highkey fr pretty super quite rather though tho "
        "gonna wanna gotta lemme innit ugh meh hmm hm um uh er eh huh whatever absolutely "
        "exactly true indeed perhaps apparently hopefully personally "
        "bueno pues entonces tipo sabes vale venga joder tío tía wey güey che igual osea "
        "então né tá aí cara mano enfim pois bem pronto "
        "bah ben du coup genre quoi voilà enfin bref carrément grave "
        "halt eben mal doch naja also ne krass digga alter "
        "allora cioè insomma boh dai magari ecco vabbè "
        "toch hoor nou gewoon zeg lekker joh ynte wel"
    ).split()
)
"""Small words that carry manner, not matter."""

ABBREVIATIONS = frozenset(
    (
        "u ur r y btw idk idc tbh imo imho omg ngl rn pls plz thx ty np tho cuz cos bc b4 ppl msg "
        "brb gtg ttyl nvm wbu hbu wyd omw asap fyi atm jk smh fr ik ikr ily tmrw tmr 2day 2moro "
        "gr8 l8r def prob probs obv obvs sth smth abt bday k kk gn gm w "
        "q tmb xq pq tqm finde porfa ntp dnd vc vcs tb tbm blz vdd obg pfv td msm qdo "
        "slt stp svp jsp pk pcq tkt mdr jtm bcp dsl auj vllt mfg lg hdl kp iwie "
        "cmq nn xké xche tvb grz qlc"
    ).split()
)
LITTLE_WORDS = frozenset(BACKGROUND) | FILLERS | ABBREVIATIONS
"""Words of manner, not matter."""

SWEARS = frozenset(
    (
        "fuck fucking fuckin fucked fucker shit shitty bullshit bitch bastard asshole arsehole "
        "dick cunt twat wanker bollocks damn goddamn crap wtf af ass piss pissed "
        "mierda joder coño puta puto cabrón pendejo carajo merda caralho porra foda puta "
        "merde putain bordel connard chiant scheiße scheisse scheiß kacke arsch fick "
        "cazzo stronzo vaffanculo coglione kut klote godverdomme cachu"
    ).split()
)

CONTRACTED = (
    r"\b(?:i'?m|(?:you|we|they)'re|(?:it|that|he|she|there|what)'s|(?:i|you|we|they)'(?:ve|ll|d)|"
    r"(?:do|does|did|is|are|was|were|have|has|had|would|could|should)n'?t|can'?t|won'?t|thats|"
    r"youre|theyre|ive)\b"
)
BARE = (
    r"\b(?:im|ive|youre|theyre|thats|whats|hes|shes|theres|(?:do|does|did|is|are|was|were|have|"
    r"has|had|would|could|should)nt|cant|wont)\b"
)
FULL = (
    r"\b(?:i am|(?:you|we|they) are|(?:it|that|he|she|there|what) is|(?:i|you|we|they) "
    r"(?:have|will|would)(?= (?:been|not|be|have|never|always))|(?:do|does|did|is|are|was|were|"
    r"have|has|had|would|could|should|can|will) not|cannot)\b"
)

LAUGHTER = (
    r"\b(?:(?:a?ha){2,}h?|ha ha|(?:he){2,}h?|(?:hi){3,}|(?:ho){3,}|(?:ja){2,}j?|(?:je){2,}|k{3,}|"
    r"(?:rs){2,}|lo+l+|lmf?ao+|rofl|roflmao|lulz?|xd+|mdr+|ptdr+|jajaj\w*|haha\w*|ahah\w*|hehe\w*|"
    r"www+(?!\.)|555+)\b|笑|草(?![\u3040-\u9fff])|ㅋ{2,}|ㅎ{2,}"
)
