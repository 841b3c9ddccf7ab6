"""Characters that stand in about every third article or more: the search index does not enter them one by one.

To look through the newest articles finds fifty with such a character sooner than a list of half the store would, and
without them the index is a fifth smaller. The choice is part of the schema: another one needs the index made anew
(and a migration). Counted over text drawn from the dictionary of jieba by the frequency of its words.
"""

EVERYWHERE = frozenset(
    "，。"
    "一万三上下不与专世业东两个中为主举么义之也书了争事二于五亚些交产京亲人什今从他代"
    "令以们件价任众会传但位住体何作你使便保信候做像儿元先光克党入全八公共关兵其具内再"
    "军农决准几出分则利别到制前力办功加务动势包化北区十千半华单南即却历原去县参又及反"
    "发取受变口古只叫可台史号司吃各合同名后向听告员周命和品商器四回因团国图土在地场型"
    "城基增士声处备复外多大天太头女她好如始委子字学它安完官定实家容对导将小少尔就居展"
    "属山州工己已市布师帝带常干平年并广应府度建开式张强当形影很得德心必快思性总息情想"
    "意感成我或战所手才打技把报拉持指据接提收改放政教数整文料斯新方族无日时明是更最月"
    "有望朝期本术机权李条来极构林果校样根格次正此步武死段每比民气水求汉江没河治法活流"
    "济海深清游湖源火点热然爱物特王现理生用由电界白百的皇目直相省看真眼着知石研示社神"
    "种科积称程究空立笑第等算管米类精系红约级线组经结给统美群老考者而职联育能自至色花"
    "英行表被装西要见观规解言计认让议记许论设话该语说调象质资走起路身车转较边达过运近"
    "还这进连选通造道那部都里重量金铁长门问间队阳际院随难集需非面革领题风首马高鱼黄"
)
