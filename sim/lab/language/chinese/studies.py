"""What studies and calibrations say."""

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
    "factors": "个因素",
    "{share} of the whole": "占整体的 {share}",
    "not clear once adjusted for the number of outcomes": "按结果数目校正后不明确",
    "Report: {path} (and {other}, tables as CSV, figures)": "报告：{path}（以及 {other}、CSV 表格与图）",
    "{value} ({told})": "{value}（{told}）",
    "number of points": "点数",
    "number of replications": "重复次数",
    (
        "“**{headline}**” flips at {density} of the {count} where {sides} (at {base} of all points); this box holds "
        "{coverage} of all points where it flips."
    ): "“**{headline}**”：在满足{sides}的{count}中，{density} 反转（在全部点中为 {base}）；此盒包含全部反转点的 {coverage}。",
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
        "stand; intervals are over trajectories, and with few of them those of σ are too narrow. Screening orders factors; "
        "it does not share out variance."
    ): (
        "基本效应是在其他因素任意取值处，一个因素移动其整个范围会带来的改变；区间取自各条轨迹，轨迹少时 σ 的区间偏窄。"
        "筛查给因素排序，并不分摊方差。"
    ),
    (
        "At how many points the effect has the sign the headline says and its 95 % interval excludes 0 (holds), includes "
        "0 (undecided), or excludes 0 on the other side (flips). Lines: 95 % intervals of the share that holds. {basis}."
    ): (
        "在多少个点上，效应的方向与结论一致且 95 % 区间不含 0（成立）、区间含 0（未定）、或区间在另一侧不含 0（反转）。"
        "横线：成立比例的 95 % 区间。{basis}。"
    ),
    (
        "Boxes were searched for (patient rule induction): quasi p values test each side against the box without it and "
        "do not undo the search; the search p does, for one headline. Cases in opposite corners can escape it."
    ): (
        "盒是搜索得来的（耐心规则归纳）：准 p 值把每个限制与去掉它的盒相比，不能抵消搜索本身；搜索 p 值可以，但只针对单个结论。"
        "处于对角的情形可能逃过搜索。"
    ),
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
        "In this simulation all parts of {a} together change {label} by {size} {unit} against none of them (95 % "
        "interval; {basis})."
    ): "在本模拟中，{a}的全部部分与没有任何部分相比，共同使{label}改变 {size} {unit}（95 % 区间；{basis}）。",
    (
        "Intervals are Student's t; with at least 20 replications and much skewness (fewer than 25 times its square) "
        "they are bias-corrected and accelerated bootstrap intervals."
    ): "区间为 t 区间；重复不少于 20 次而偏度很大（次数少于偏度平方的 25 倍）时，用偏差校正加速的自助法区间。",
    (
        "Intervals of shares are Wilson's and take the points for independent draws; those of a Latin hypercube spread "
        "more evenly, so its intervals are rather too wide."
    ): "比例的区间为威尔逊区间，把各点当作独立抽取；拉丁超立方的点分布更均匀，因此其区间偏宽。",
    (
        "Each point is judged by its own 95 % interval over replications, not adjusted for the number of points and "
        "headlines: where there is no effect at all, luck lets a headline hold clearly at 2.5 % of the points and flip "
        "clearly at as many. More replications leave fewer points undecided."
    ): (
        "每个点按其自身在各重复上的 95 % 区间判断，未按点数和结论数校正：若完全没有效应，运气会使结论在 2.5 % 的点上明确成立，"
        "在同样多的点上明确反转。重复次数越多，未定的点越少。"
    ),
    "The lead of the best regime of a region has a t interval over its points, as if it had not been picked.": (
        "区域中最好制度的领先幅度附有对该区域各点的 t 区间，未考虑它是挑选出来的。"
    ),
    (
        "No headline was asked for: each is the sign of the median effect over these very points, so it holds by point "
        "estimate at half of them at least."
    ): "没有指定结论：每个结论取自这些点上效应中位数的符号，因此按点估计至少在一半的点上成立。",
    "The same search hardly finds as much among points that flip by lot (search p {p}).": (
        "在随机指定反转的点中，同样的搜索很少能找到这样好的盒（搜索 p 为 {p}）。"
    ),
    "The same search finds as much among points that flip by lot too often (search p {p}).": (
        "在随机指定反转的点中，同样的搜索也常能找到这样好的盒（搜索 p 为 {p}）。"
    ),
    "search p": "搜索 p 值",
    "No replication has {what} at every point.": "没有一次重复在每个点上都有{what}。",
    (
        "At how many points the effect's 95 % interval lies within the smallest effect of interest (negligible); else "
        "excludes 0 on the side the headline says (holds), includes 0 (undecided), or excludes 0 on the other side "
        "(flips). Lines: 95 % intervals of the share that holds. {basis}."
    ): (
        "效应的 95 % 区间在多少个点上落在最小关注效应之内（可忽略）；否则在结论所说的一侧不含 0（成立）、包含 0（未定），"
        "或在另一侧不含 0（反转）。横线：成立比例的 95 % 区间。{basis}。"
    ),
    (
        "The verdict looks at one outcome alone. The adjusted p takes all outcomes into account, so a part may be clear "
        "there and not among many."
    ): "判断只看单个结果；校正后的 p 考虑全部结果，因此某部分可能单独看是明确的，在众多结果中却不是。",
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
    "Under {a} no outcome differs between the points.": "在{a}下，没有结果在各点之间有差别。",
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
        "{a} does at least as well as the baseline on all of {outcomes} at {share} of the points ({low} to {high}) by "
        "point estimate, and clearly worse on none of them at {rest}."
    ): "按点估计，{a}在 {share} 的点上（{low} 至 {high}）在{outcomes}上都不差于基线；在 {rest} 的点上没有一项明显更差。",
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
    "the effect of {a} on {label}": "{a}对{label}的效应",
    "the effect of {a}": "{a}的效应",
    "the level under {a}": "{a}下的水平",
    "total ST": "总 ST",
    "undecided": "未定",
    "variance between points": "点间方差",
    "verdict": "判断",
    "with": "与",
    "{a}: {said}": "{a}：{said}",
    (
        "“{headline}” holds clearly at {holds} of the points ({low} to {high}) and by point estimate at {estimate}; it is "
        "undecided or negligible at {open} and flips clearly at {flips}."
    ): (
        "“{headline}”在 {holds} 的点上明确成立（{low} 至 {high}），按点估计在 {estimate} 的点上成立；在 {open} 的点上未定或可忽略，"
        "在 {flips} 的点上明确反转。"
    ),
    "{label} down": "{label}下降",
    "{label} under {a}": "{a}下的{label}",
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

STUDIES = {
    "**From {first} to {last} of `{lever}`, {what} {changes}** ({size}; {count}{averaged}).": (
        "**`{lever}` 从 {first} 变为 {last} 时，{what}{changes}**（{size}；{count}{averaged}）。"
    ),
    "the effect of `{a}` on {label}, compared with `{b}`,": "`{a}` 与 `{b}` 相比对{label}的效应",
    "does not change at all": "完全不变",
    "changes by {difference} {unit}": "变化 {difference} {unit}",
    "95 % interval {span}": "95 % 区间 {span}",
    "; from {before} to {after}": "；从 {before} 到 {after}",
    "; mean over {count} of the other levers": "；对其他手段的{count}取平均",
    "settings": "种设定",
    "There is no baseline: effects are told against the first value of each lever.": (
        "没有基准：效应都是与每个手段的第一个取值相比。"
    ),
    "Changes are told against the first value of each lever.": "变化都是与每个手段的第一个取值相比。",
    "What each lever does": "每个手段的作用",
    "The other {count} move it less (table).": "其余{count}对它的影响较小（见表）。",
    "levers": "个手段",
    "What levers do together": "手段之间的相互作用",
    (
        "By how much more an outcome changes when both levers move than the two changes alone add up to; 0 where "
        "levers only add up."
    ): "两个手段一起变动时，结果的变化比各自变动之和多多少；若只是相加，则为 0。",
    "effect": "效应",
    "level": "水平",
    "value": "数值",
    "less that at the first value": "减去第一个取值处",
    "first value": "第一个取值",
    "with": "与",
    "more than added up": "超出相加之和",
    "At each value of a lever, the difference to its first value (there is no baseline)": (
        "手段的每个取值处与其第一个取值的差异（没有基准）"
    ),
    "At each value of a lever, the effect of {a}, compared with {b}": "手段的每个取值处 {a} 与 {b} 相比的效应",
    (
        "{shown}: means over the values of the other levers, paired, with 95 % intervals; {count} under common random "
        "numbers; simulated, assumed parameters."
    ): "{shown}：对其他手段的取值取平均，配对，附 95 % 区间；{count}，共同随机数；模拟结果，参数为假设。",
    (
        "**Over {points}, the effect of `{a}` on {label}, compared with `{b}`, is {middle} {unit} in the middle** "
        "(5 to 95 % of the points: {low} to {high}); it is clearly above 0 at {above} and clearly below 0 at "
        "{below} of them."
    ): (
        "**在{points}上，`{a}` 与 `{b}` 相比对{label}的效应的中位数为 {middle} {unit}**"
        "（5 % 至 95 % 的点：{low} 至 {high}）；其中 {above} 个点明显高于 0，{below} 个点明显低于 0。"
    ),
    "Study {name}": "研究：{name}",
    "What is varied": "变动的因素",
    "Effects over the points": "各点的效应",
    "Are there enough replications?": "重复次数够吗？",
    "Failures": "失败的运行",
    (
        "A design of kind {design}: {size}, {scenarios} at each point, seed {seed}: all runs share their luck, so effects "
        "are paired. {compared} Means over quarters {window}. Simulated; rests on {count}, of which the study varies the "
        "factors below: nothing here is a finding about the real place."
    ): (
        "设计：{design}，{size}，每点 {scenarios}，种子 {seed}：所有运行共享同样的运气，因此效应是配对的。{compared}"
        "取第 {window} 季度的均值。均为模拟，依据 {count}，本研究变动其中下列因素：不构成对真实地方的任何结论。"
    ),
    "An effect is the difference to {baseline} at the same point.": "效应是同一点上与{baseline}之差。",
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
    "Every point's effect with its 95 % interval over replications, in order of size. {basis}. {compared}": (
        "每点的效应及其在各重复间的 95 % 区间，按大小排列。{basis}。{compared}"
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
