"""Chinese texts by their English ones; fields in {braces} stay. What is missing here is told in English.

The field's terms are those of the seed article: 蓄水池, 末位调整, 浮动薪酬, 员额, 编制, 能上能下, 能进能出, 办事体验不降.
"""

ANSWERS = {
    "{size}, 95 % interval {span}": "{size}，95 % 区间 {span}",
    "**In this simulation {moves}** ({effect}; {window}, {count}).": "**在本模拟中，{moves}**（{effect}；{window}，{count}）。",
    "`{a}` lowers {label}{by} compared with `{b}`": "与 `{b}` 相比，`{a}` 使{label}下降{by}",
    "`{a}` raises {label}{by} compared with `{b}`": "与 `{b}` 相比，`{a}` 使{label}上升{by}",
    "`{a}` leaves {label} exactly as under `{b}`": "`{a}` 下的{label}与 `{b}` 下完全相同",
    "`{a}` has no effect on {label} whose sign could be told ({why}), compared with `{b}`": (
        "与 `{b}` 相比，`{a}` 对{label}的影响方向无法判断（{why}）"
    ),
    " by {size}": " {size}",
    (
        "Reported scores move by {score} ability SD ({score_span}) and the true contribution behind them (ability and "
        "effort, leaving out vacancies and newcomers' learning) by {truth} ({truth_span}), {verdict} (by {gap}, {gap_span})."
    ): (
        "上报得分变动 {score} 个能力标准差（{score_span}），其背后的真实贡献（能力与努力，不计空岗和新人学习）变动 "
        "{truth}（{truth_span}），{verdict}（{gap}，{gap_span}）。"
    ),
    "so no change of the gap between report and truth can be told ({why})": "因此无法判断上报与真实之差是否变化（{why}）",
    "so the gap between report and truth widens": "因此上报与真实之差扩大",
    "so the gap between report and truth narrows": "因此上报与真实之差缩小",
    "A single run has no baseline, so it cannot answer the question: `sim compare` with a baseline can.": (
        "单独一次运行没有基线，因此不能回答这个问题；请用 `sim compare` 与基线比较。"
    ),
    "In this simulation, `{a}` shows over {window}: {parts} (means of {count} with 95 % intervals).": (
        "在本模拟中，`{a}` 在{window}的结果为：{parts}（{count}的均值及 95 % 区间）。"
    ),
    "wages and severance per unit of true output": "每单位真实产出的工资与补偿",
    "The cost, against the same baseline: {parts}.": "与同一基线相比的代价：{parts}。",
    (
        "True service quality moves by {size} ability SD ({span}); that users be served no worse than in the year before "
        "the first change (办事体验不降) holds in {kept} of the window's quarters."
    ): "真实服务质量变动 {size} 个能力标准差（{span}）；办事体验不降（不低于首次改变前一年）在窗口内 {kept} 的季度成立。",
    "no change in any replication": "任何一次重复中都没有变化",
    "exits of any kind": "各类离开",
    "flags of people not among the least able quarter of their group": "被认定者中不属于本组能力最低四分之一的人",
    "exits {size} per 100 people a year": "每百人每年离开 {size}",
    "{flow} {size} per 100 people a year ({span})": "{flow}每百人每年 {size}（{span}）",
    ": ": "：",
    ", ": "、",
    "; ": "；",
    " and ": "和",
    "the interval includes 0": "区间包含 0",
    "no interval": "无区间",
    "{low} to {high}": "{low} 至 {high}",
    "quarters {first}–{last}{calendar}": "第 {first}–{last} 季度{calendar}",
}

COUNTS = {
    "replications": "次重复",
    "paired replications": "对配对重复",
    "scenarios": "个情景",
    "times": "次",
    "points": "个点",
    "assumed values": "个假设值",
}
"""Counting words; the key is the plural."""

SUMMARIES = {
    "{name}: {count}, seed {seed}": "{name}：{count}，种子 {seed}",
    "{name} over {count}": "{name}：{count}",
    "{a} less {b}:": "{a} 减 {b}：",
    "{label}, less {b}:": "{label}，减 {b}：",
    "Simulated; rests on {count}, no finding about the real place.": "模拟结果；以{count}为基础，不是关于真实地区的结论。",
    "Warning: {warning}": "警告：{warning}",
    "The same input was run before; this is its stored result (--again runs it anew).": (
        "相同的输入已经运行过；这是已存的结果（--again 可重新运行）。"
    ),
    "Report: {path} (and {other})": "报告：{path}（以及 {other}）",
    "Figure: {path}": "图：{path}",
}

REPORTS = {
    "Warnings": "警告",
    "What this does not say": "本报告没有说什么",
    "How it was made": "如何得出",
    "What was compared": "比较了什么",
    "The other regimes": "其他制度",
    "Effects": "效应",
    "Levels": "水平",
    "How it moves in time": "随时间的变化",
    "The regimes against each other": "各制度两两相比",
    "Who is flagged": "谁被认定",
    "Pay against contribution": "薪酬与贡献",
    "Up, down, in and out": "上、下、进、出",
    "Assumed parameters": "假设的参数",
    "Differences to the first point": "与第一个点的差异",
    "{a} compared with {b}: a simulated new area": "{a}与{b}的比较：一个模拟的新区",
    "{a}: a simulated new area": "{a}：一个模拟的新区",
    "{name} over a grid of settings": "{name}：参数网格",
    (
        "These are statements about a simulation, not about a place. Nothing here is a finding about the real new "
        "area: the article that describes the regime reports no outcome data, and nothing was fitted to the place. "
        "Most parameters of behaviour are assumed or taken from other settings (listed below); another plausible "
        "choice may change sizes and signs. Intervals are 95 % intervals over replications: they measure the luck "
        "inside the simulation only, and become as narrow as one likes with more replications; they say nothing about "
        "whether the assumptions are right. With many outcomes in a table, about one in twenty intervals misses its "
        "value by luck alone."
    ): (
        "以下陈述针对一个模拟，而不是某个地区。这里没有任何关于真实新区的结论：介绍该制度的文章没有给出结果数据，也没有任何参数"
        "是按该地区拟合的。多数行为参数是假设的，或取自其他场合（见下表）；换一种同样合理的取值，大小和方向都可能改变。区间是各次"
        "重复上的 95 % 区间：它只度量模拟内部的运气，重复越多就越窄，并不说明假设是否正确。表中结果很多，大约每二十个区间就有一个"
        "仅因运气而不含其真值。"
    ),
    "{label} ({unit}) under the row's regime less that under the column's, paired, with 95 % intervals.": (
        "行所示制度下的{label}（{unit}）减去列所示制度下的数值，配对，附 95 % 区间。"
    ),
    (
        "Every scenario was simulated {times} with the same luck: a person meets the same draws under every "
        "regime, and differences are taken replication by replication (common random numbers).{lived}"
    ): (
        "每个情景都在相同的运气下模拟了 {times}：同一个人在每种制度下遇到同样的随机抽取，差异逐次重复相减（公共随机数）。{lived}"
    ),
    " The regimes change after {reforms} has closed.": "制度在{reforms}结束后改变。",
    "quarter {quarter}": "第 {quarter} 季度",
    (
        "Paired differences to {b} of means over {window}, with 95 % intervals over replications. Where the interval "
        "includes 0, the sign is uncertain. Flows of people are given per 100 people employed and year. The last "
        "column says whether a clear difference is for better or worse, where that can be said of the outcome."
    ): (
        "{window}均值与{b}的配对差异，附各次重复上的 95 % 区间。区间包含 0 时，方向不确定。人员流动按每百名在职人员每年计。最后一列"
        "说明明确的差异是变好还是变差（在可以这样说的结果上）。"
    ),
    "Means over {window}, with 95 % intervals over replications.": "{window}的均值，附各次重复上的 95 % 区间。",
    (
        "True ability is known in a simulation and to no appraiser. Were flags drawn by lot, a tenth of them would "
        "fall on each tenth of ability; the more they fall to the left, the better they find the least able."
    ): (
        "真实能力在模拟中是已知的，但任何考核者都不知道。如果认定由抽签决定，每个能力十分位上会各有十分之一；越集中在左侧，说明越能"
        "找到能力最低的人。"
    ),
    "The results rest on **{count}**: numbers and choices without a source. {sources}": (
        "结果以 **{count}** 为基础，即没有来源的数值和选择。{sources}"
    ),
    "Values in force under {name} by kind of source: {counts}.": "{name}下生效的数值按来源分类：{counts}。",
    "{text} 95 % intervals, {count}{against}.": "{text}95 % 区间，{count}{against}。",
    ", baseline {b}": "，基线为{b}",
    "The comparison at a glance.": "比较一览。",
    "Effects with their intervals.": "效应及其区间。",
    "Differences to the baseline by quarter.": "各季度与基线的差异。",
    "Key outcomes by quarter.": "各季度的主要结果。",
    "Share of the flags by tenth of true ability.": "按真实能力十分位的认定占比。",
    "Pay by tenth of true contribution.": "按真实贡献十分位的薪酬。",
    "Flows of people.": "人员流动。",
    "All effects of {name}": "{name}的全部效应",
    "the baseline": "基线",
    "nothing": "无",
    "scenario": "情景",
    "question": "问题",
    "parts of the regime that differ from the baseline at the end": "期末与基线不同的制度部分",
    (
        "`{name}` was simulated at {points} of a grid, {replications} each, all with seed {seed}: the points share "
        "their luck, so differences to the first point are paired. Means over quarters {window}. Simulated; rests on "
        "{count}: nothing here is a finding about the real place."
    ): (
        "`{name}` 在网格的 {points}上模拟，每点 {replications}，种子均为 {seed}：各点运气相同，因此与第一个点的差异是配对的。第 {window} "
        "季度的均值。模拟结果，以{count}为基础：这里没有关于真实地区的结论。"
    ),
}

TABLES = {
    "outcome": "结果",
    "unit": "单位",
    "baseline": "基线",
    "difference": "差异",
    "95 % interval": "95 % 区间",
    "relative": "相对",
    "sign": "方向",
    "mean": "均值",
    "name": "名称",
    "meaning": "含义",
    "better is": "越好的是",
    "parameter": "参数",
    "value": "数值",
    "source": "来源",
    "in": "用于",
    "all": "全部",
    "All {count}": "全部 {count}",
    "more than tenfold": "十倍以上",
    "unchanged": "不变",
    "uncertain": "不确定",
    " (uncertain)": "（不确定）",
    "up": "上升",
    "down": "下降",
    "better": "变好",
    "worse": "变差",
    "more": "更多",
    "less": "更少",
    "neither": "无所谓好坏",
    "row less column": "行减列",
    "What the outcomes mean": "各结果的含义",
    "dismissals, non-renewals, resignations and retirements": "解聘、不续聘、辞职和退休",
    "seed {seed}, {runs} of each of {scenarios}: {names}": "种子 {seed}，{scenarios}各 {runs}：{names}",
    "means over {window}": "{window}的均值",
    "code version": "代码版本",
    ", commit {hash}": "，提交 {hash}",
    ", no commit known": "，提交未知",
    " with changes that are not committed": "（有未提交的修改）",
    ", content": "，内容",
    "packages unknown": "软件包未知",
    "accounting identities: not recorded": "核算恒等式：未记录",
    "accounting identities hold in every quarter; largest residual {size}": "核算恒等式在每个季度都成立；最大残差 {size}",
    "seed": "文章",
    "law": "法律",
    "data": "数据",
    "literature": "文献",
    "assumption": "假设",
    "design": "设计",
}

FIGURES = {
    "quarter": "季度",
    "difference, {unit}": "差异，{unit}",
    "per 100 people a year": "每百人每年",
    "flags not among the least able quarter": "能力最低四分之一以外的认定",
    "who is flagged, by true ability": "谁被认定（按真实能力）",
    "no flags recorded": "没有认定记录",
    "no pay recorded": "没有薪酬记录",
    "no flows recorded": "没有流动记录",
    "nobody moved in the window": "窗口内没有人员流动",
    "tenth of true ability in the ranking group (1: least able)": "排名组内真实能力十分位（1 为最低）",
    "% of the flags": "占认定的 %",
    "pay against true contribution": "薪酬与真实贡献",
    "tenth of true contribution (1: least)": "真实贡献十分位（1 为最低）",
    "pay, mean of people at work = 1": "薪酬（在岗人员均值 = 1）",
    " (baseline)": "（基线）",
    "means": "均值",
    "mean paired differences to the baseline": "与基线的平均配对差异",
    "; dotted lines mark the reform": "；点线为改革时点",
    "; dotted: the reform": "；点线为改革时点",
    "{count} a scenario under common random numbers, baseline {b}; simulated, assumed parameters": (
        "公共随机数下每个情景 {count}，基线为{b}；模拟结果，参数多为假设"
    ),
    "{count}, simulated, assumed parameters": "{count}，模拟结果，参数多为假设",
    "Lines: mean paired differences to the baseline; bands: their 95 % intervals{reform}. {basis}.": (
        "线：与基线的平均配对差异；带：95 % 区间{reform}。{basis}。"
    ),
    "Lines: means; bands: 95 % intervals{reform}. {basis}.": "线：均值；带：95 % 区间{reform}。{basis}。",
    (
        "Dots: mean paired differences to the baseline over {window}; bars: their 95 % intervals, often narrower "
        "than the dot; dashed: the baseline. {basis}."
    ): "点：{window}与基线的平均配对差异；横线：95 % 区间，常窄于点；虚线：基线。{basis}。",
    "Dots: mean flows per 100 people a year over {window}; bars: 95 % intervals of these levels. {basis}.": (
        "点：{window}每百人每年的平均流动；横线：该水平的 95 % 区间。{basis}。"
    ),
    (
        "Share of the flags since the reform that falls on each tenth of true ability within the ranking group; "
        "bands: 95 % intervals; dashed: a lottery. {basis}."
    ): "改革以来的认定落在排名组内各真实能力十分位上的比例；带：95 % 区间；虚线：抽签。{basis}。",
    (
        "Pay of the last quarter relative to the mean of people at work, by tenth of true contribution; bands: 95 % "
        "intervals. {basis}."
    ): "最后一季度薪酬与在岗人员均值之比，按真实贡献十分位；带：95 % 区间。{basis}。",
    (
        "Top: {top}{reform}. Below: share of the flags by tenth of true ability (dashed: a lottery), pay of the last "
        "quarter by tenth of true contribution, exits over {window}. Bands and bars: 95 % intervals. {basis}."
    ): (
        "上：{top}{reform}。下：按真实能力十分位的认定占比（虚线：抽签），按真实贡献十分位的最后一季度薪酬，{window}的离开。带与横线："
        "95 % 区间。{basis}。"
    ),
}

DECOMPOSITIONS = {
    "incentive": "激励",
    "selection": "筛选",
    "gaming": "虚报",
    "luck": "运气",
    "other": "其余",
    "total": "合计",
    " (sign uncertain)": "（方向不确定）",
    "What makes the difference between {a} and {b}": "{a}与{b}的差异由什么构成",
    (
        "In this simulation {label} under `{a}` differs from that under `{b}` by {size} ({span}, 95 % interval, "
        "{count}). It is made of {parts}."
    ): "在本模拟中，`{a}` 下的{label}与 `{b}` 下相差 {size}（{span}，95 % 区间，{count}），由以下部分构成：{parts}。",
    (
        "What {a} changes against the baseline {b}, part by part. Dots: means of {count} under common random "
        "numbers over {window}; bars: 95 % intervals. Simulated, assumed parameters."
    ): "{a}相对基线{b}的变化，逐部分列出。点：公共随机数下{window}{count}的均值；横线：95 % 区间。模拟结果，参数多为假设。",
    (
        "Work, reports and workforce were held as they were before the reform, under both regimes alike, in all eight "
        "combinations; a part is the mean over all orders of what letting it respond adds (its Shapley value). "
        "Luck was measured with work and reports held. The parts add up to the difference in every replication."
    ): (
        "在两种制度下同样地把工作、上报和人员固定在改革前的状态，共八种组合；每一部分是在所有次序上放开它所增加的平均值（沙普利值）。"
        "运气是在固定工作和上报的情况下测得的。在每次重复中，各部分之和等于总差异。"
    ),
    (
        "These are statements about a simulation, not about a place, and rest on {count}. Intervals measure the "
        "luck inside the simulation only. What several parts do together is shared among them evenly: another rule "
        "would share it otherwise. While work is held, whoever joins works at the baseline."
    ): (
        "以下陈述针对一个模拟，而不是某个地区，以{count}为基础。区间只度量模拟内部的运气。几个部分共同造成的变化在它们之间平均分摊："
        "换一种规则，分法就会不同。固定工作时，新加入者按基准努力工作。"
    ),
    "**incentive**: what people change in how hard they work, and whether they help or harm colleagues": (
        "**激励**：人们在努力程度以及帮助或拆台同事上的改变"
    ),
    (
        "**selection**: what it changes who comes, moves, stays and goes, beyond moving as many by lot (vacancies and "
        "learning included)"
    ): "**筛选**：谁来、谁动、谁留、谁走的改变，超出抽签调整同样人数的部分（含空岗和学习）",
    "**gaming**: what people change in reporting better than they are": "**虚报**：人们在夸大上报上的改变",
    "**luck**: what moving as many people as the triggers flag would do if a lottery drew them": (
        "**运气**：若由抽签决定，调整与触发条件同样多的人会带来的变化"
    ),
    "**other**: what differs while nothing of this responds (pay, structure, accounts)": (
        "**其余**：以上各项都不反应时仍有的差异（薪酬、结构、核算）"
    ),
    "seed {seed}, {count} of each of {runs} runs": "种子 {seed}，{runs} 个运行各 {count}",
    "What the parts mean": "各部分的含义",
    "All outcomes": "全部结果",
}

CALIBRATIONS = {
    "numbers": "个数值",
    "targets": "个目标",
    "trials": "次试验",
    "number": "数值",
    "target": "目标",
    "trial": "试验",
    "Targets": "目标",
    "Trials": "试验",
    "Numbers that were moved": "被调整的数值",
    "All trials, the best ones first": "全部试验，最好的在前",
    "Loss of the trials": "各次试验的损失",
    "Obtained, from the target": "得到的结果与目标之差",
    "errors of the target": "目标的误差",
    "errors off": "相差几个误差",
    "as it is": "原值",
    "assumed": "假设",
    " (assumed)": "（假设）",
    " (log)": "（对数）",
    "best": "最好",
    "failed": "失败",
    "loss": "损失",
    "near trials": "相近的试验",
    "obtained": "得到",
    "pinned down?": "是否确定",
    "searched": "搜索范围",
    "wanted": "要求",
    "none, as it failed": "无（该试验失败）",
    "quarters {window}": "第 {window} 季度",
    "no: near trials span {share} % of the range": "否：相近的试验占搜索范围的 {share} %",
    "to {share} % of the range": "缩小到搜索范围的 {share} %",
    "too few near trials to say": "相近的试验太少，无法判断",
    "the best trial again: `{settings}`": "重做最好的试验：`{settings}`",
    "trial {number}: {message}": "第 {number} 次试验：{message}",
    "{label} a year and person": "每人每年{label}",
    "{told}, difference": "{told}，差异",
    "{told}, {name}": "{told}，{name}",
    "{name}: numbers fitted to targets": "{name}：使数值符合目标",
    "{count} failed and say nothing about the numbers; the first of them:": (
        "{count}失败，对数值没有说明什么；其中最先的几次："
    ),
    "seed {seed}, {count} a run; {trials}, proposed by a tree-structured Parzen estimator": (
        "种子 {seed}，每个运行{count}；{trials}，由树形帕曾估计法提出"
    ),
    (
        "{parameters} of `{scenario}` moved in {trials} to bring about {targets}. The best trial, number {best}, has a "
        "loss of {loss}; the scenario as it is has {start}."
    ): (
        "在{trials}中调整了 `{scenario}` 的{parameters}，以达到{targets}。最好的是第 {best} 次试验，损失为 {loss}；"
        "情景原样的损失为 {start}。"
    ),
    " Every target is met within {limit} combined standard deviations.": "每个目标都在 {limit} 个合并标准差之内达到。",
    " Missed by more than {limit} combined standard deviations: {missed}.": "相差超过 {limit} 个合并标准差的有：{missed}。",
    (
        "{parameters} moved for {targets}: the targets chose the numbers, so meeting them is no evidence that the model "
        "is right."
    ): "为{targets}调整了{parameters}：数值是按目标选出来的，所以达到目标并不证明模型正确。",
    " With no fewer numbers than targets a close fit is to be expected of any model.": (
        "数值不少于目标时，任何模型都会符合得很好。"
    ),
    " The error of {count} is assumed.": "其中{count}的误差是假设的。",
    " The value of {count} is assumed, too.": "其中{count}的值也是假设的。",
    " Moved in the baseline as well: {keys}.": "在基线中也同样调整的有：{keys}。",
    (
        "Near trials are the {count} whose loss is less than {threshold} above the least (the 95 % point of a chi-square "
        "with one degree of freedom). A number whose near trials span much of the range searched is not pinned down by "
        "these targets. The search looks for the best point and not for the edges, so the true ranges are wider."
    ): (
        "相近的试验是损失比最小值高出不到 {threshold}（自由度为一的卡方分布的 95 % 分位点）的{count}。如果一个数值的相近试验占了搜索范围的大部分，"
        "这些目标就没有确定它。搜索寻找的是最好的点而不是边界，所以真正的范围更宽。"
    ),
    (
        "Left: the best trial (filled, with its replication error) and the scenario as it is (hollow), in errors of "
        "each target from its value; the grey bar is one error to either side. Right: loss of the trials, the best so "
        "far as a line; below the dotted line are the near trials. {count} a run, the same luck in every trial. "
        "Simulated."
    ): (
        "左：最好的试验（实心，带重复误差）和情景原样（空心），以各目标的误差为单位，从目标值算起；灰条为两侧各一个误差。"
        "右：各次试验的损失，线为到当时为止最好的；点线以下为相近的试验。每个运行{count}，每次试验的运气相同。模拟结果。"
    ),
    (
        "Fitted numbers are those that make this simulation show the targets, given everything else that it assumes "
        "({count}); they are no estimates for a real place. Other numbers, or another search, may do as well. A test "
        "needs data that chose nothing here."
    ): (
        "得到的数值只是在其他一切假设（{count}）之下使这个模拟显示出目标的数值，不是对任何真实地区的估计。别的数值或别的搜索也可能同样好。"
        "要检验模型，需要没有用来选择数值的数据。"
    ),
}

ANALYSES = {
    " ({share} of the whole)": "（占整体的 {share}）",
    " (not clear once adjusted for the number of outcomes)": "（按结果数目校正后不明确）",
    "number of points": "点数",
    "number of replications": "重复次数",
    (
        "**{headline}** flips at {density} of the {count} where {sides} (at {base} of all points); this box holds "
        "{coverage} of all points where it flips."
    ): "**{headline}**：在满足{sides}的{count}中，{density} 反转（在全部点中为 {base}）；此盒包含全部反转点的 {coverage}。",
    "90th percentile": "第 90 百分位",
    "A linear regression explains {r2} of the variance, one on ranks {rank}.": (
        "线性回归解释了方差的 {r2}，秩回归解释了 {rank}。"
    ),
    (
        "A pair's index is what both do beyond each alone, averaged over which others are there; negative where one does "
        "the other's work."
    ): "一对的指数是两者共同作用超出各自单独作用的部分，对其他部分是否在场取平均；一个代替另一个起作用时为负。",
    "A part's value is what adding it changes, averaged over all orders of adding the parts.": (
        "一个部分的值是加入它所带来的改变，对加入各部分的所有次序取平均。"
    ),
    "After {count} {what} is known to within {half} (95 % interval): {sign}.": (
        "经过 {count}，{what}的误差在 {half} 以内（95 % 区间）：{sign}。"
    ),
    "All regions": "全部区域",
    (
        "An elementary effect is what moving one factor over its whole range would change, from wherever the others "
        "stand; intervals are over trajectories. Screening orders factors; it does not share out variance."
    ): "基本效应是在其他因素任意取值处，一个因素移动其整个范围会带来的改变；区间取自各条轨迹。筛查给因素排序，并不分摊方差。",
    (
        "At how many points the effect has the sign the headline says and its 95 % interval excludes 0 (holds), includes "
        "0 (undecided), or excludes 0 on the other side (flips). Lines: 95 % intervals of the share that holds. {basis}."
    ): (
        "在多少个点上，效应的方向与结论一致且 95 % 区间不含 0（成立）、区间含 0（未定）、或区间在另一侧不含 0（反转）。"
        "横线：成立比例的 95 % 区间。{basis}。"
    ),
    (
        "Boxes were searched for (patient rule induction): quasi p values test each side against the box without it and "
        "do not undo the search. Cases in opposite corners can escape it."
    ): "盒是搜索得来的（耐心规则归纳）：准 p 值把每个限制与去掉它的盒相比，不能抵消搜索本身。处于对角的情形可能逃过搜索。",
    "Clear parts: {parts}.": "明确的部分：{parts}。",
    (
        "Clear: the 95 % interval excludes 0. Negligible: it lies within plus or minus the smallest effect of interest, "
        "which is two one-sided tests at 2.5 % each. Undecided: neither."
    ): "明确：95 % 区间不含 0。可忽略：区间在正负最小关注效应之内，相当于各为 2.5 % 的两个单侧检验。未定：两者都不是。",
    (
        "Coefficients describe how the points lie along each factor; a factor that acts both ways, or only together with "
        "others, can matter and still have a coefficient near 0."
    ): "系数描述各点沿每个因素的分布；一个因素若作用有正有反，或只与其他因素共同起作用，可能重要而系数仍接近 0。",
    "How far the results of {name} stand": "{name}的结果在多大范围内成立",
    (
        "How much better the best regime does than each, point by point: boxes hold the middle half, whiskers reach the "
        "90th percentile, dots lie beyond, diamonds are means. {basis}."
    ): "逐点比较，最好的制度比各制度好多少：箱为中间一半，须到第 90 百分位，点在其外，菱形为均值。{basis}。",
    (
        "How parts share what they do together follows from averaging over all orders; another rule would share it "
        "otherwise. The numbers describe a simulation with assumed parameters, not a real place."
    ): "各部分如何分摊共同的作用，取决于对所有次序取平均；换一种规则，分法就会不同。这些数字描述的是参数为假设的模拟，不是真实的地方。",
    (
        "How {what} moves with every factor, the others taken out: partial rank correlations and standardised regression "
        "coefficients; lines: 95 % intervals. {basis}."
    ): "{what}如何随每个因素变动（去除其他因素）：偏秩相关与标准化回归系数；横线：95 % 区间。{basis}。",
    "How to read it": "如何解读",
    "How well the points explain it": "各点能解释多少",
    "In every replication the parts add up to what all of them change together.": (
        "在每次重复中，各部分之和等于它们共同的改变。"
    ),
    (
        "In this simulation all parts of `{a}` together change {label} by {size} {unit} against none of them (95 % "
        "interval; {basis})."
    ): "在本模拟中，`{a}` 的全部部分与没有任何部分相比，共同使{label}改变 {size} {unit}（95 % 区间；{basis}）。",
    (
        "Intervals are Student's t; with at least 20 replications and much skewness (fewer than 25 times its square) "
        "they are bias-corrected and accelerated bootstrap intervals."
    ): "区间为 t 区间；重复不少于 20 次而偏度很大（次数少于偏度平方的 25 倍）时，用偏差校正加速的自助法区间。",
    "Intervals of shares are Wilson's and take the points for independent draws.": (
        "比例的区间为威尔逊区间，把各点当作独立抽取。"
    ),
    "Left out because they failed: {count} ({points}).": "因失败而略去：{count}（{points}）。",
    "Left out because they failed: {count}.": "因失败而略去：{count}。",
    "Luck of the replications makes {share} of the variance between points.": "点间方差中有 {share} 出自重复的运气。",
    (
        "Mean effect of the first replications, averaged over the points; bands: 95 % intervals. A band that was looked "
        "at again and again promises less than 95 %. {basis}."
    ): "前若干次重复的平均效应，对各点取平均；带：95 % 区间。反复查看的带，其把握低于 95 %。{basis}。",
    "Negligible (smaller than {least}): {parts}.": "可忽略（小于 {least}）：{parts}。",
    "No headline flips clearly at enough points to search for where.": "没有结论在足够多的点上明确反转，无从搜索其所在。",
    "No key outcome differs from the baseline, so there is no headline to hold.": (
        "没有主要结果与基线不同，因此没有可检验的结论。"
    ),
    "No pair of parts is told to do more or less together than each alone.": (
        "看不出任何一对部分共同的作用多于或少于各自单独的作用。"
    ),
    "None of the outcomes has a direction that is known to be good.": "所有结果都没有已知的好方向。",
    "Pairs of parts": "部分之间的配对",
    "Parts": "各部分",
    "Points of this design depend on one another, so intervals of shares are too narrow.": (
        "此设计的点彼此相关，因此比例的区间偏窄。"
    ),
    (
        "Regret and the best regime compare means over replications; where regimes are close, luck decides which is best."
    ): "遗憾值与最好的制度比较的是重复的均值；制度相近时，哪个最好由运气决定。",
    (
        "Share of the variance of {what} over the assumed ranges that a factor brings about alone (first order) and with "
        "all others (total); lines: 95 % intervals from resampling the points. {basis}."
    ): "在假设范围内，{what}的方差中由一个因素单独（一阶）和连同其他因素（总）带来的比例；横线：对点重抽样的 95 % 区间。{basis}。",
    (
        "Shares of variance depend on the ranges: a factor with a wider range counts for more. Estimates may lie below 0 "
        "or above 1 by the luck of the points; intervals come from resampling them."
    ): "方差的比例取决于范围：范围较宽的因素占得更多。由于点的运气，估计值可能低于 0 或高于 1；区间来自对点重抽样。",
    "Shares weigh all points alike: they are shares of the assumed ranges, not probabilities of anything real.": (
        "比例对所有点一视同仁：它们是假设范围中的比例，不是任何真实事物的概率。"
    ),
    "That is little: the coefficients are a poor summary of what the factors do.": "这很少：系数不能很好地概括各因素的作用。",
    "That is much: small indices cannot be told from it without more replications.": (
        "这很多：不增加重复次数，小的指数无法与之区分。"
    ),
    "The best regime by region": "各区域中最好的制度",
    (
        "The points by two factors, and the box that holds most of the points where the headline flips; other factors may "
        "restrict it too. {basis}."
    ): "各点按两个因素的位置，以及包含多数反转点的盒；其他因素也可能限制它。{basis}。",
    "The points of this design do not fill the ranges evenly: shares describe the points only.": (
        "此设计的点没有均匀填满范围：比例只描述这些点。"
    ),
    (
        "The ranges are assumed: this describes the simulation over them, and nothing here is a finding about the real "
        "place or about what causes what there."
    ): "范围是假设的：以上描述的是模拟在这些范围内的表现，其中没有任何内容是关于真实地方或当地因果关系的发现。",
    "The strongest pair is {one} with {other}: together {size} beyond each alone.": (
        "作用最强的一对是{one}与{other}：共同作用比各自单独之和多 {size}。"
    ),
    "To know it to within {least}, {wanted} would do.": "要使误差在 {least} 以内，需要 {wanted}。",
    "Undecided: {parts}.": "未定：{parts}。",
    "Under `{a}` no outcome differs between the points.": "在 `{a}` 下，没有结果在各点之间有差别。",
    "What a choice costs": "选择的代价",
    (
        "What every part of {a} adds, averaged over all orders of adding parts (Shapley values, which add up to the whole "
        "regime: line and band). Baseline: the point with no part. Lines: 95 % intervals; negligible: within the "
        "smallest effect of interest. {basis}."
    ): (
        "{a}的每个部分所增加的，对加入部分的所有次序取平均（沙普利值，其和为整个制度：竖线与带）。基线：没有任何部分的点。"
        "横线：95 % 区间；可忽略：在最小关注效应之内。{basis}。"
    ),
    "What follows describes the simulation at {size}.": "以下描述模拟在 {size}下的结果。",
    "What the results of {name} hang on": "{name}的结果取决于什么",
    (
        "What two parts of {a} do beyond each alone, averaged over whom they meet (Shapley interaction index): above 0 "
        "they strengthen each other. Hatched: the 95 % interval includes 0. Baseline: the point with no part. {basis}."
    ): (
        "{a}的两个部分共同作用超出各自单独作用的部分，对其他部分是否在场取平均（沙普利交互指数）：大于 0 表示相互加强。"
        "斜线：95 % 区间包含 0。基线：没有任何部分的点。{basis}。"
    ),
    "Where headlines flip": "结论在何处反转",
    (
        "Where it is not given, the smallest effect of interest is assumed: 1 % of the baseline's mean, or a fifth of the "
        "baseline's standard deviation between replications where the unit has no natural zero."
    ): "未给定时，最小关注效应为假设：基线均值的 1 %；单位没有自然零点时，为基线在各重复之间标准差的五分之一。",
    "Whether there are enough replications in {name}": "{name}的重复次数是否足够",
    (
        "Which factors move {what}: mean size of the elementary effects over a factor's whole range (bars: 95 % "
        "intervals) and their spread. Above the dotted line a factor acts unevenly or together with others. {basis}."
    ): (
        "哪些因素改变{what}：因素在整个范围内基本效应的平均大小（横线：95 % 区间）及其离散程度。点线以上的因素作用不均匀，"
        "或与其他因素共同起作用。{basis}。"
    ),
    "Which part of {a} does what": "{a}的哪个部分起什么作用",
    (
        "`{a}` does at least as well as the baseline on all of {outcomes} at {share} of the points ({low} to {high}) by "
        "point estimate, and clearly worse on none of them at {rest}."
    ): "按点估计，`{a}` 在 {share} 的点上（{low} 至 {high}）在{outcomes}上都不差于基线；在 {rest} 的点上没有一项明显更差。",
    "adds, {unit}": "增加，{unit}",
    "adjusted p": "校正后 p",
    "ahead by": "领先",
    "all parts together": "全部部分合计",
    "analysed": "已分析",
    "assumed parameters": "参数多为假设",
    "assumed ranges": "范围为假设",
    "best at": "最好的点占",
    "best regime": "最好的制度",
    "beyond each alone": "超出各自单独",
    "box": "盒",
    "clear": "明确",
    "coverage": "覆盖率",
    "density": "密度",
    "factor": "因素",
    "first factor": "第一因素",
    "first order S1": "一阶 S1",
    "flips clearly": "明确反转",
    "headline": "结论",
    "holds by estimate": "按估计成立",
    "holds clearly": "明确成立",
    "its sign is not told": "方向无法判断",
    "its sign is told": "方向可以判断",
    "largest": "最大",
    "mass": "点数占比",
    "mean elementary effect μ": "基本效应均值 μ",
    "mean regret": "平均遗憾值",
    "mean size of elementary effects μ*": "基本效应平均大小 μ*",
    "missing at some point": "在某些点缺失",
    "negligible": "可忽略",
    "no headline flips at enough points to search for a box": "没有结论在足够多的点上反转，无从搜索盒",
    "no outcome has a good direction": "没有结果有已知的好方向",
    "no point differs from another": "各点之间没有差别",
    "of it luck": "其中运气",
    "of the whole": "占整体",
    "p values are adjusted by Holm's method: of parts over the outcomes, of pairs over pairs and outcomes.": (
        "p 值按霍尔姆方法校正：部分对各结果校正，配对对各配对和结果校正。"
    ),
    "part": "部分",
    "partial rank correlation": "偏秩相关",
    "quasi p": "准 p 值",
    "regime": "制度",
    "restriction": "限制",
    "second factor": "第二因素",
    "setting": "设定",
    "share of the points": "占点的比例",
    "spread of elementary effects σ": "基本效应离散程度 σ",
    "standardised regression coefficient": "标准化回归系数",
    "state": "状态",
    "the effect of `{a}` on {label}": "`{a}` 对{label}的效应",
    "the effect of {a}": "{a}的效应",
    "the level under {a}": "{a}下的水平",
    "total ST": "总 ST",
    "undecided": "未定",
    "variance between points": "点间方差",
    "verdict": "判断",
    "with": "与",
    "{a}: {said}": "{a}：{said}",
    (
        "{headline} holds clearly at {holds} of the points ({low} to {high}) and by point estimate at {estimate}; it is "
        "undecided or negligible at {open} and flips clearly at {flips}."
    ): (
        "{headline}在 {holds} 的点上明确成立（{low} 至 {high}），按点估计在 {estimate} 的点上成立；在 {open} 的点上未定或可忽略，"
        "在 {flips} 的点上明确反转。"
    ),
    "{label} down": "{label}下降",
    "{label} under `{a}`": "`{a}` 下的{label}",
    "{label} up": "{label}上升",
    "{name} is at least {low}": "{name}不低于 {low}",
    "{name} is at most {high}": "{name}不高于 {high}",
    "{name} is {low} to {high}": "{name}为 {low} 至 {high}",
    "{points}, {count} each": "{points}、各 {count}",
    "{size} under common random numbers, baseline {b}; simulated, {rests}": "公共随机数下 {size}，基线为{b}；模拟结果，{rests}",
    "{size} under common random numbers; simulated, {rests}": "公共随机数下 {size}；模拟结果，{rests}",
    "{value} ({low} to {high})": "{value}（{low} 至 {high}）",
    "{what} hangs most on {factors} ({measure}, 95 % intervals).": "{what}最取决于{factors}（{measure}，95 % 区间）。",
}

STORIES = {
    "The life of person {person}": "第 {person} 号人员的经历",
    (
        "Person {person} ({who}, rank {rank}, {place}, department {department}) is {age} years old with {service} "
        "years of service and true ability {ability} SD."
    ): "第 {person} 号人员（{who}，职级 {rank}，{place}，第 {department} 号部门）{age} 岁，工龄 {service} 年，真实能力 {ability} 个标准差。",
    "It is the one, among those who are flagged, whose pay differs most between the regimes.": (
        "在被认定的人中，此人在两种制度下的薪酬相差最大。"
    ),
    "Nobody is flagged; it is the one whose pay differs most between the regimes.": (
        "没有人被认定；此人在两种制度下的薪酬相差最大。"
    ),
    (
        "Person {person} under {a} and under the baseline {b}, the same luck in one replication (n = 1, so no "
        "interval). Simulated, assumed parameters."
    ): "第 {person} 号人员在{a}和基线{b}下的经历，同一次重复、相同的运气（n = 1，故无区间）。模拟结果，参数多为假设。",
    "Under {name} nobody of this number is ever employed.": "在{name}下从未雇用过这个编号的人。",
    (
        "One simulated person in one replication: a story, no evidence, resting on {count}. The same person meets the "
        "same luck under both regimes; what colleagues and newcomers do may differ. Nobody in the simulation knows true "
        "ability."
    ): (
        "一次重复中的一个模拟人员：这是一个故事，不是证据，以{count}为基础。同一个人在两种制度下遇到相同的运气；同事和新人的行为可能不同。"
        "模拟中没有人知道真实能力。"
    ),
    "One simulated person in one replication: a story, no evidence.": "一次重复中的一个模拟人员：这是一个故事，不是证据。",
    "Quarter by quarter": "逐季经历",
    "In sum": "总计",
    "leader": "领导",
    "manager": "中层管理者",
    "staff": "一般人员",
    "nothing to tell": "无可述",
    "under both": "两种制度下",
    "joins": "入职",
    "is put on a contract": "转为聘用制",
    "is promoted to rank {rank}": "晋升至职级 {rank}",
    "is demoted to rank {rank}": "降至职级 {rank}",
    "takes rank {rank}, that of the post": "按岗位定为职级 {rank}",
    "is posted to another department ({department})": "调整到其他部门（{department}）",
    "sees the department merged into department {department}": "所在部门并入第 {department} 号部门",
    "enters the reservoir": "进入蓄水池",
    "returns from the reservoir": "从蓄水池返岗",
    "is caught gaming": "虚报被查实",
    "is dismissed": "被解聘",
    "wins in court against the dismissal": "解聘被判违法",
    "is not given another contract": "未获续聘",
    "resigns": "辞职",
    "retires": "退休",
    "keeps the old status and goes elsewhere": "保留原身份，分流他处",
    "loses the competition for the post": "竞聘落选",
    "**is flagged: {trigger}**": "**被认定：{trigger}**",
    "is graded {grade}, ahead of {share} of the group": "考核等次{grade}，领先本组 {share}",
    "incompetent": "不称职",
    "basically competent": "基本称职",
    "competent": "称职",
    "excellent": "优秀",
    "not graded": "未定等次",
    "works harder (effort {value} SD)": "工作更努力（努力 {value} 个标准差）",
    "works less hard (effort {value} SD)": "工作努力下降（努力 {value} 个标准差）",
    "morale rises to {value}": "士气升至 {value}",
    "morale falls to {value}": "士气降至 {value}",
    "tries a risky project, which brings {gain} SD": "尝试有风险的项目，得 {gain} 个标准差",
    "declines a risky project": "放弃有风险的项目",
    "earned {paid} in the year (normal pay {normal})": "全年薪酬 {paid}（标准薪酬 {normal}）",
    "quarters employed": "在职季度数",
    "pay in all (mean annual pay)": "薪酬合计（平均年薪）",
    "mean effort (SD)": "平均努力（标准差）",
    "mean true contribution (SD)": "平均真实贡献（标准差）",
    "mean score (SD)": "平均得分（标准差）",
    "quarters in the reservoir": "蓄水池中的季度数",
    "last rank": "最后职级",
    "how it ends": "结局",
    "still employed": "仍在职",
    "never employed": "从未在职",
    "true ability": "真实能力",
    "quarterly score": "季度得分",
    "pay of the quarter": "季度薪酬",
    "mean annual pay, yearly rate": "平均年薪（折年率）",
    "rank": "职级",
}

OUTCOMES = {
    "people employed": "在职人数",
    "on a post or in the reservoir, leaders included": "在岗或在蓄水池中，含领导",
    "people at work": "在岗人数",
    "on a post under the regime, leaders excluded": "在本制度适用的岗位上，不含领导",
    "posts": "岗位",
    "leaders' posts included": "含领导岗位",
    "vacant posts": "空岗数",
    "true output": "真实产出",
    "work truly delivered in the quarter; a person of mean 0 contributes 1": "本季度真正完成的工作；能力均值为 0 的人贡献 1",
    "true output a post": "每岗真实产出",
    "true output over all posts, vacant ones and leaders' too": "真实产出除以全部岗位，含空岗和领导岗位",
    "true output a person": "人均真实产出",
    "true output over the people who worked the quarter": "真实产出除以本季度工作的人数",
    "reported score": "上报得分",
    "mean appraisal score of the quarter": "本季度平均考核得分",
    "true contribution": "真实贡献",
    "mean true contribution, ability and effort": "平均真实贡献（能力与努力）",
    "reported less true": "上报与真实之差",
    "mean score less mean true contribution": "平均得分减平均真实贡献",
    "measured effort": "可考核的努力",
    "mean measured effort above the baseline": "高于基准的平均可考核努力",
    "unmeasured effort": "不可考核的努力",
    "mean effort on what no indicator sees": "花在指标看不到之处的平均努力",
    "reward of effort": "努力的回报",
    "mean marginal reward of a score one SD better for a year": "全年得分高一个标准差的平均边际回报",
    "intrinsic effort": "内在努力",
    "effort without any reward; below 0 where floating pay crowds motivation out": (
        "没有任何回报时的努力；浮动薪酬挤出动机时低于 0"
    ),
    "effort held back": "保留的努力",
    "mean measured effort held back because the target is safe": "因目标已稳而保留的平均可考核努力",
    "mean hard indicator reported above the work; padding at the year's end apart": "硬指标上报高于实际工作的平均值；不含年末凑数",
    "help": "互助",
    "mean help given to colleagues above the usual, sabotage counted 0": "高于平常的对同事平均帮助，拆台计 0",
    "sabotage and help withheld": "拆台与不帮",
    "mean shortfall of help below the usual, help counted 0": "低于平常的帮助缺口均值，帮助计 0",
    "risky projects tried": "尝试的风险项目",
    "of the risky projects met in the quarter": "占本季度遇到的风险项目",
    "targets just met": "刚好达标",
    "reports above the target by less than 0.1 SD, at the year's close": "年末上报高于目标不足 0.1 个标准差",
    "targets just missed": "差一点达标",
    "reports below the target by less than 0.1 SD, at the year's close": "年末上报低于目标不足 0.1 个标准差",
    "caught gaming": "虚报被查",
    "by audits at the year's close": "年末审计查出",
    "ability": "能力",
    "mean latent ability of people at work": "在岗人员平均潜在能力",
    "ability of leavers": "离开者能力",
    "mean latent ability of the quarter's leavers": "本季度离开者平均潜在能力",
    "ability of stayers": "留任者能力",
    "mean latent ability of people at work who were hired before the quarter": "本季度前入职的在岗人员平均潜在能力",
    "ability of newcomers": "新人能力",
    "mean latent ability of the quarter's hires": "本季度新人平均潜在能力",
    "morale": "士气",
    "mean morale of people at work, 0 at founding": "在岗人员平均士气，初始为 0",
    "pay–contribution correlation": "薪酬与贡献的相关",
    "pay of the quarter with true contribution, of people who worked it": "本季度工作者的薪酬与真实贡献的相关系数",
    "pay Gini": "薪酬基尼系数",
    "Gini coefficient of the pay of people who worked the quarter": "本季度工作者薪酬的基尼系数",
    "wage bill": "工资总额",
    "pay of the quarter, leaders and reservoir included": "本季度薪酬，含领导和蓄水池人员",
    "severance": "经济补偿",
    "severance owed to the quarter's leavers": "应付本季度离开者的经济补偿",
    "cost of true output": "真实产出的成本",
    "wages and severance over true output of the quarter": "本季度工资和补偿除以真实产出",
    "flags": "认定",
    "flags by any trigger in the quarter": "本季度任一触发条件的认定",
    "false flags": "误认定",
    "flags of people not among the least able quarter of their ranking group": "被认定者不属于排名组内能力最低的四分之一",
    "flags above the median": "中位以上的认定",
    "flags of people in the abler half of their ranking group": "被认定者属于排名组内能力较高的一半",
    "missed by the triggers": "触发条件的遗漏",
    "the least able of their ranking group at the year's close, not flagged": "年末排名组内能力最低而未被认定的人",
    "people in the reservoir": "蓄水池人数",
    "at the end of the quarter": "季度末",
    "reservoir entries": "进入蓄水池",
    "in the quarter": "本季度",
    "reservoir returns": "从蓄水池返岗",
    "to any post, in the quarter": "本季度返回任何岗位",
    "stay in the reservoir": "蓄水池停留",
    "mean stay of those who returned in the quarter": "本季度返岗者的平均停留",
    "mobility": "能上能下",
    "promotions, demotions and re-postings of the quarter over people at work (能上能下)": (
        "本季度晋升、降级和岗位调整占在岗人数的比例"
    ),
    "turnover": "能进能出",
    "hires and leavers of the quarter over people employed (能进能出)": "本季度进出人数占在职人数的比例",
    "promotions": "晋升",
    "in rank or to a higher post, in the quarter": "本季度职级或岗位的晋升",
    "demotions": "降级",
    "by a flag, or by returning on a lower level, in the quarter": "本季度因认定，或返岗时降低层级",
    "re-postings": "岗位调整",
    "by a flag, in the quarter": "本季度因认定",
    "hires": "入职",
    "from outside, in the quarter": "本季度从外部进入",
    "resignations": "辞职",
    "in the quarter, from the reservoir too": "本季度，含蓄水池中的辞职",
    "ability of those who resign": "辞职者能力",
    "mean latent ability of the quarter's resignations": "本季度辞职者平均潜在能力",
    "resignations of the ablest": "最有能力者的辞职",
    "in the quarter, of people abler than nine tenths of founders": "本季度，能力高于九成初始人员者",
    "resignations of the least able": "能力最低者的辞职",
    "in the quarter, of people less able than nine tenths of founders": "本季度，能力低于九成初始人员者",
    "dismissals found unlawful": "被判违法的解聘",
    "retirements": "退休",
    "dismissals": "解聘",
    "non-renewals": "不续聘",
    "contracts not renewed in the quarter": "本季度未续签的合同",
    "departments": "内设机构",
    "open, at the end of the quarter": "季度末存续的",
    "authorised headcount": "员额",
    "of departments, leaders apart (员额)": "各内设机构，不含领导",
    "opt-outs": "选择不转聘",
    "established people who did not take the contract, in the quarter": "本季度未接受聘用合同的编制内人员",
    "not selected": "竞聘落选",
    "people who lost the competition for their posts, in the quarter": "本季度竞聘本岗落选的人",
    "people in agencies": "事业单位安置人数",
    "placed there after opting out; one number for the area": "选择不转聘后安置；全区一个数",
    "turnaround, economic": "办理时长（经济事项）",
    "waiting, hand-offs and channel of economic matters": "经济事项的等待、流转与渠道",
    "true quality, economic": "真实质量（经济事项）",
    "care for economic matters, less what the wait takes from it": "对经济事项的用心，减去等待的损失",
    "turnaround, service": "办理时长（服务事项）",
    "waiting, hand-offs and channel of matters on the service list": "服务清单事项的等待、流转与渠道",
    "true quality, service": "真实质量（服务事项）",
    "care for matters on the service list, less what the wait takes from it": "对服务清单事项的用心，减去等待的损失",
    "turnaround, social": "办理时长（社会事项）",
    "waiting, hand-offs and channel of social matters; one number for the area": "社会事项的等待、流转与渠道；全区一个数",
    "true quality, social": "真实质量（社会事项）",
    "care for social matters; one number for the area, less what the wait takes from it": (
        "对社会事项的用心，减去等待的损失；全区一个数"
    ),
    "true service quality": "真实服务质量",
    "mean of the three kinds of matters": "三类事项的平均",
    "user cost": "办事人成本",
    "what officials under pressure take from users, mean of the three kinds": "受压的工作人员转嫁给办事人的部分，三类平均",
    "experience kept": "办事体验不降",
    "1 where the mean quality is not below that of the year before the first change (办事体验不降)": (
        "平均质量不低于首次改变前一年时为 1"
    ),
    "social items handed over": "移交的社会事项",
    "share of the social list that has left the new cities": "已从新城移出的社会事项清单比例",
    "result of parks": "园区成效",
    "mean result of the quarter": "本季度平均成效",
    "over-promising": "过度承诺",
    "what operators promised, the industry reckoned with, less the result": "运营方承诺（计入产业条件）减去成效",
    "operators replaced": "更换的运营方",
    "at the year's close": "年末",
    "pay of park operators": "园区运营方薪酬",
    "of the quarter; not part of the wage bill": "本季度；不计入工资总额",
    "growth": "增长",
    "of the new city's economy; the area level shows the new cities' mean": "新城经济增长；新区一级为各新城均值",
    "municipal rank": "全市排名",
    "by growth among the municipal units, 1 is best; the area: the new cities' mean": "按增长在全市单位中的排名，1 为最好；全区为各新城均值",
}

UNITS = {
    "people": "人",
    "mean output": "平均产出",
    "ability SD": "能力标准差",
    "mean annual pay": "平均年薪",
    "mean annual pay per mean output": "平均年薪／平均产出",
    "share": "比例",
    "correlation": "相关系数",
    "quarters": "季度",
    "index": "指数",
    "operators": "个",
    "rate a year": "年率",
}

REGIMES = {
    "ranks": "职级",
    "contributions": "贡献",
    "salaries": "薪级",
    "appointment": "聘用",
    "appraisal": "考核",
    "adjustment": "末位调整",
    "floating pay": "浮动薪酬",
    "trigger": "触发条件",
    "fixed": "固定",
    "dynamic": "动态",
    "open": "开放",
    "ranked postings": "按排名选岗",
    "flat": "不分级",
    "ladder": "职级阶梯",
    "reputation": "按声誉晋升",
    "annual targets": "年度目标",
    "none": "无",
    "equal": "均等",
    "national scale": "全国工资标准",
    "post and rank": "岗位职级工资",
    "contract": "合同聘用",
    "established": "编制",
    "four grades": "四个等次",
    "absolute standard": "绝对标准",
    "forced distribution": "强制分布",
    "triggers": "触发条件",
    "three part": "三部分浮动",
    "last in department": "部门末位",
    "incompetent grade": "考核不称职",
    "last in municipality": "全市末位",
    "lost competition": "竞争落败",
    "competence test": "能力测试",
    "failed vote": "测评不过",
    "refused reposting": "拒绝调岗",
    "managers at the back": "管理者排名靠后",
    "bottom managers": "管理者后段",
    "bottom of organisation": "单位后段",
    "bottom": "后段",
    "incompetent": "不称职",
    "incompetent twice": "两年不称职",
    "last": "末位",
    "second time": "第二次",
}

SCENARIOS = {
    "civil service": "传统公务员制",
    "contract only": "仅聘用制",
    "forced ranking": "强制排名",
    "floating pay only": "仅浮动薪酬",
    "placebo lottery": "抽签对照",
    "four systems": "四定四制",
    "absolute standard": "绝对标准",
    "fair ranking": "公平排名",
    "two strikes": "两次末位",
    "postings by rank": "按排名选岗",
    "shandong zones": "山东开发区",
    "binhai body": "滨海法定机构",
    "dalian jinpu": "大连金普",
    "jinan high tech": "济南高新区",
    "pre reform": "改革前",
    "structure only": "仅结构改革",
    "full reform": "全面改革",
    "from roster": "名册建模",
    "unreformed {name}": "{name}之前",
    "fengdong": "沣东",
    "fengxi": "沣西",
    "qinhan": "秦汉",
    "airport": "空港",
    "jinghe": "泾河",
    "area level": "新区一级",
}

QUESTIONS = {
    "What remains of the four systems when people are held to a standard instead of ranked?": (
        "如果按标准衡量而不是排名，四定四制还剩下什么？"
    ),
    "What changes when everybody has to compete for the own post once, and then serves three-year contracts?": (
        "人人先竞聘本岗一次、再按三年合同任职，会改变什么？"
    ),
    "What does the new area deliver under traditional civil-service rules, and at what cost?": (
        "在传统公务员制度下，新区能完成多少工作，代价如何？"
    ),
    "What do fixed-term contracts alone change, compared with the traditional civil service?": (
        "与传统公务员制相比，仅实行聘期合同会改变什么？"
    ),
    "What does removing two to five in a hundred every year change?": "每年淘汰百分之二到五会改变什么？",
    "What changes when as many are flagged, but by a pooled, adjusted and averaged score?": (
        "认定同样多的人，但依据合并、调整并多年平均的得分，会改变什么？"
    ),
    "What does floating pay alone change, compared with the traditional civil service?": (
        "与传统公务员制相比，仅实行浮动薪酬会改变什么？"
    ),
    "What does forced ranking with yearly removal of the last tenth change, compared with the civil service?": (
        "与公务员制相比，强制排名并每年淘汰末位十分之一会改变什么？"
    ),
    'Do the "four fixes, four systems" raise what is truly delivered, or only what is reported, and at what cost?': (
        "四定四制提高的是真正完成的工作，还是只是上报的结果？代价如何？"
    ),
    'What would the "four fixes, four systems" do to the people of this roster?': "四定四制会给这份名册上的人带来什么？",
    "What does the whole reform change, structure and personnel rules together?": "结构与人事规则合在一起，全面改革会改变什么？",
    "What does a forced bottom change of which few are removed?": "强制划出末位但很少真正淘汰，会改变什么？",
    "How much of the full regime's effect remains when a lottery draws the flagged people?": (
        "如果由抽签决定被认定的人，全套制度的效应还剩多少？"
    ),
    "What does choosing posts in the order of results change, without any removal and any bonus?": (
        "不淘汰也不发奖金，只按成绩顺序选岗，会改变什么？"
    ),
    "What would the new area deliver if neither its structure nor its personnel rules had changed?": (
        "如果结构和人事规则都没有改变，新区能完成多少工作？"
    ),
    "What does the regime of the Shandong zones change, compared with the civil service?": (
        "与公务员制相比，山东开发区的制度会改变什么？"
    ),
    "What does the structural reform change by itself, before any personnel rule changes?": (
        "在人事规则改变之前，结构改革本身会改变什么？"
    ),
    "What does forced ranking change if one may be in the bottom tenth once?": "如果允许一次落入末位十分之一，强制排名会改变什么？",
}

STUDIES = {
    "Study {name}": "研究：{name}",
    "What is varied": "变动的因素",
    "Effects over the points": "各点的效应",
    "Failures": "失败的运行",
    (
        "{points} of a design ({design}), {scenarios} with {each} at each point, seed {seed}: all runs share their luck, so "
        "effects are paired. {compared} Means over quarters {window}. Simulated; rests on {count}, of which the study varies "
        "the factors below: nothing here is a finding about the real place."
    ): (
        "{points}（{design}），每点 {scenarios}，各 {each}，种子 {seed}：所有运行共享同样的运气，因此效应是配对的。{compared}"
        "取第 {window} 季度的均值。均为模拟，依据 {count}，本研究变动其中下列因素：不构成对真实地方的任何结论。"
    ),
    "An effect is the difference to {baseline} at the same point.": "效应是同一点上与 {baseline} 之差。",
    "A part that a point lacks is that of {baseline}.": "某点所缺的部分取 {baseline} 的。",
    "There is no baseline: levels are shown, not effects.": "没有基线：显示的是水平，不是效应。",
    "role": "作用",
    "values": "取值",
    "lever": "政策手段",
    "uncertainty": "假设",
    "median": "中位数",
    "5 to 95 % of points": "5 % 至 95 % 的点",
    "clearly above 0": "明显大于 0",
    "clearly below 0": "明显小于 0",
    "point": "点",
    "number of points": "点数",
    "stage": "阶段",
    "error": "错误",
    "runs": "运行次数",
    "points, in order of the effect": "各点，按效应大小排列",
    "Every point's effect with its 95 % interval over replications, in order of size; {points}. {compared}": (
        "每点的效应及其在各重复间的 95 % 区间，按大小排列；{points}。{compared}"
    ),
    "grid": "网格",
    "list": "列举",
    "latin hypercube": "拉丁超立方",
    "sobol": "Sobol 序列",
    "morris": "Morris 轨迹",
    "factorial": "析因设计",
    "coalitions": "全部组合",
    "first sweep": "第一次扫描",
    "parts": "各部分",
    "assumptions": "假设空间",
    "screening": "假设筛选",
    "Does a larger floating share raise true output, whatever contract staff do?": (
        "无论聘用人员是否流失，提高浮动比例能否增加真实产出？"
    ),
    'Which of the "four fixes" and "four systems" moves true output, and which moves only the reports?': (
        "“四定四制”中哪些改变真实产出，哪些只改变上报？"
    ),
    'How much of the assumption space does the effect of the "four fixes, four systems" survive?': (
        "“四定四制”的效应在多大的假设空间内成立？"
    ),
    "Which assumptions move the effect of the full regime most?": "哪些假设对完整制度的效应影响最大？",
}

CHINESE = {
    **ANSWERS,
    **COUNTS,
    **SUMMARIES,
    **REPORTS,
    **TABLES,
    **FIGURES,
    **DECOMPOSITIONS,
    **CALIBRATIONS,
    **ANALYSES,
    **STORIES,
    **OUTCOMES,
    **UNITS,
    **REGIMES,
    **SCENARIOS,
    **QUESTIONS,
    **STUDIES,
}
