"""What columns are usually called, and what usually stands in them, in English and Chinese; all in folded form.

Column layouts: the United Kingdom's organograms of senior and junior posts; tables of human resources analytics with
EmployeeNumber, JobLevel and MonthlyIncome; payroll exports.
"""

from typing import Any

USUAL: dict[str, tuple[str, ...]] = {
    "id": (
        *(
            "post unique reference",
            "employeenumber",
            "employee number",
            "employee id",
            "employee_id",
            "staff number",
        ),
        *(
            "personnel number",
            "payroll number",
            "id",
            "工号",
            "人员编号",
            "职工编号",
            "编号",
            "personalnummer",
        ),
    ),
    "organisation": ("organisation", "organization", "单位", "单位名称", "机构", "agency", "entity"),
    "department": (
        *(
            "unit",
            "department",
            "部门",
            "部门名称",
            "科室",
            "cost centre",
            "cost center",
            "team",
            "kostenstelle",
        ),
    ),
    "rank": (
        *("rank", "grade", "grade (or equivalent)", "joblevel", "job level", "pay grade"),
        *("职务", "职务层次", "职级", "岗位等级"),
    ),
    "status": (
        *(
            "status",
            "contract type",
            "employment type",
            "type of contract",
            "编制类型",
            "用工形式",
            "身份",
            "人员类别",
        ),
    ),
    "age_years": ("age", "年龄", "date of birth", "birth date", "出生日期", "出生年月"),
    "service_years": (
        *("yearsatcompany", "years at company", "years of service", "length of service", "工龄"),
        *("start date", "hire date", "date of joining", "参加工作时间", "入职日期"),
    ),
    "years_in_department": ("years in department", "任现部门年限"),
    "years_in_rank": (
        "yearssincelastpromotion",
        "years since last promotion",
        "years in grade",
        "任现职级年限",
    ),
    "grade_last": ("performancerating", "performance rating", "last appraisal", "年度考核", "考核结果"),
    "annual_pay": (
        *(
            "annual pay",
            "annual salary",
            "total pay (£)",
            "actual pay floor (£)",
            "payscale minimum (£)",
            "年薪",
        ),
        *("monthlyincome", "monthly income", "gross pay", "monthly pay", "应发合计", "应发工资"),
    ),
    "weight": ("fte", "折算人数"),
}
"""By column of a roster, the likeliest first."""
MONTHLY = {"monthlyincome", "monthly income", "gross pay", "monthly pay", "应发合计", "应发工资"}
POSTS = ("number of posts in fte", "number of posts", "岗位数", "人数")
LEAVERS = ({"attrition", "left", "leaver", "离职"}, {"yes", "是", "true", "1"})
VACANT = ({"name", "姓名", "status"}, {"vacant", "空缺", "空岗"})
EXACT = {name for names in USUAL.values() for name in names} | set(POSTS) | LEAVERS[0]

_RANKS: dict[str, Any] = {str(rank): rank for rank in range(1, 7)} | {
    **dict.fromkeys(("scs4", "scs3", "scs2", "局长", "副局长", "主任"), 6),
    **dict.fromkeys(("scs1a", "scs1", "处长", "科长", "部长"), 5),
    **dict.fromkeys(("grade 6", "g6", "副处长", "副科长", "副部长"), 4),
    **dict.fromkeys(("grade 7", "g7", "主任科员", "一级主任科员"), 3),
    **dict.fromkeys(("seo", "heo", "senior executive officer", "higher executive officer", "副主任科员"), 3),
    **dict.fromkeys(("eo", "executive officer", "科员", "一级科员"), 2),
    **dict.fromkeys(("ao", "aa", "administrative officer", "administrative assistant", "办事员"), 1),
}
_STATUSES = dict.fromkeys(
    ("permanent", "established", "full-time permanent", "在编", "编制内", "行政编制", "事业编制"),
    "established",
) | dict.fromkeys(
    ("contract", "fixed term", "temporary", "agency", "casual", "聘用", "聘用制", "合同制", "编外", "临时"),
    "contract",
)
_GRADES = {
    "1": "incompetent",
    "2": "basically_competent",
    "3": "competent",
    "4": "excellent",
    "优秀": "excellent",
    "称职": "competent",
    "合格": "competent",
    "基本称职": "basically_competent",
    "基本合格": "basically_competent",
    "不称职": "incompetent",
    "不合格": "incompetent",
    "未定等次": "none",
    "excellent": "excellent",
    "competent": "competent",
    "incompetent": "incompetent",
}
WORDS: dict[str, dict[str, Any]] = {"rank": _RANKS, "status": _STATUSES, "grade_last": _GRADES}

KIND_WORDS = (
    *(
        (word, "economic")
        for word in ("econom", "sales", "research", "invest", "trade", "enterprise", "industr")
    ),
    *((word, "economic") for word in ("经济", "招商", "投资", "产业", "发展", "商务", "科技")),
    *((word, "social") for word in ("educat", "health", "social", "school", "welfare", "housing")),
    *((word, "social") for word in ("教育", "卫生", "民政", "社会", "人社", "文化", "医疗")),
)
"""Words in names of departments, and the kind of tasks they mean."""
