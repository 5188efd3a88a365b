"""Mails as clients send them: what the writer typed, and what their client put under it. Written for these tests."""

from __future__ import annotations

UNDER = {
    "Outlook in Chinese": """________________________________
发件人: 客服 <kefu@example.com>
发送时间: 2026年11月23日 10:00
收件人: 张敏 <zhang@example.cn>
主题: 回复: 发票抬头错误

您好，请提供新的发票抬头。""",
    "Outlook in English, bold labels": """*From:* Support <help@example.com>
*Sent:* Monday, November 23, 2026 10:00 AM
*To:* Lee Wong <lee@example.org>
*Cc:* Ops <ops@example.org>
*Subject:* RE: Invoice

Please tell us the new title.""",
    "Outlook in traditional Chinese": """寄件者: 客服 <kefu@example.com>
寄件日期: 2026年11月23日 上午 10:00
收件者: 陳先生 <chen@example.tw>
主旨: RE: 退款

請提供訂單編號。""",
    "old Outlook": """-----Original Message-----
From: Support
Sent: 23 November 2026 10:00
To: Lee
Subject: Invoice

Please tell us the new title.""",
    "Outlook on a telephone, Chinese": """获取 Outlook for iOS<https://aka.ms/o0ukef>
________________________________
发件人: 客服 <kefu@example.com>
发送时间: Monday, November 23, 2026 10:00:00 AM
收件人: 张敏
主题: Re: 登录

已经为您重置。""",
    "Foxmail": """

\x20
发件人： 客服
发送时间： 2026-11-23 10:00
收件人： 张敏
主题： Re: 发货时间
您好，今天发货。""",
    "QQ mail": """------------------ 原始邮件 ------------------
发件人: "客服" <kefu@example.com>;
发送时间: 2026年11月23日(星期一) 上午10:00
收件人: "张敏"<123456@qq.example>;
主题: 回复：接口报错

请发一下日志。""",
    "QQ mail with hard blanks": """------------------\xa0原始邮件\xa0------------------
发件人:\xa0"客服" <kefu@example.com>;
请发一下日志。""",
    "QQ mail in English": """------------------ Original ------------------
From:  "Support"<help@example.com>;
Date:  Mon, Nov 23, 2026 10:00 AM
To:  "Lee"<lee@qq.example>;
Subject:  Re: API error

Please send the log.""",
    "QQ mail on a telephone": """发自我的iPhone


---原始邮件---
发件人: "客服"<kefu@example.com>
发送时间: 2026年11月23日(周一) 上午10:00""",
    "NetEase, the table": """---- 回复的原邮件 ----
| 发件人 | 客服<kefu@example.com> |
| 日期 | 2026年11月23日 10:00 |
| 收件人 | 张敏<zhang@163.example> |
| 主题 | 回复：退款进度 |
三个工作日内到账。""",
    "NetEase, the sentence without quote marks": """在 2026-11-23 10:00:00，"客服" <kefu@example.com> 写道：

三个工作日内到账。""",
    "NetEase in English": """At 2026-11-23 10:00:00, "Support" <help@example.com> wrote:
>Three working days.""",
    "NetEase Master's signature": "发自 网易邮箱大师",
    "Aliyun mail, labels spread wide": """------------------------------------------------------------------
发件人：客服 <kefu@example.com>
发送时间：2026年11月23日(星期一) 10:00
收件人：张敏 <zhang@aliyun.example>
主　题：回复：开通账号

已经开通。""",
    "139 mail": """----邮件原文----
发件人:客服 <kefu@example.com>
收件人:zhang <zhang@139.example>
发送时间:2026-11-23 10:00:00
主题:Re:话费

已处理。""",
    "Sina mail": """----- 原始邮件 -----
发件人：客服 <kefu@example.com>
收件人：zhang@sina.example
主题：回复：会员
日期：2026年11月23日 10点00分

已处理。""",
    "Gmail in English": """On Mon, Nov 23, 2026 at 10:00 AM Support <help@example.com> wrote:

> Please tell us the order number.
>
> --
> Support""",
    "Gmail in English, wrapped": """On Mon, Nov 23, 2026 at 10:00 AM A Support Team With Quite A Long Name <
help@example.com> wrote:

> Please tell us the order number.""",
    "Gmail in Chinese": """客服 <kefu@example.com> 于2026年11月23日周一 10:00写道：

> 请提供订单号。""",
    "Apple Mail in English": """> On 23 Nov 2026, at 10:00, Support <help@example.com> wrote:
>
> Please tell us the order number.""",
    "Apple Mail in Chinese": """> 在 2026年11月23日，上午10:00，客服 <kefu@example.com> 写道：
>
> 请提供订单号。
>""",
    "iPhone in Chinese": """发自我的 iPhone

> 在 2026年11月23日，10:00，客服 <kefu@example.com> 写道：
>
> \ufeff请提供订单号。""",
    "iPhone in English": """Sent from my iPhone

> On Nov 23, 2026, at 10:00 AM, Support <help@example.com> wrote:
>
> Please tell us the order number.""",
    "Thunderbird in Chinese": """在 2026/11/23 10:00, 客服 写道:
> 请提供订单号。""",
    "Thunderbird in German": """Am 23.11.26 um 10:00 schrieb Support <help@example.com>:
> Please tell us the order number.""",
    "Yahoo Japan": """2026年11月23日(月) 10:00 Support <help@example.com>:

> Please tell us the order number.""",
    "Samsung": """-------- 原始信息 --------
发件人： 客服 <kefu@example.com>
日期： 2026/11/23 10:00 (GMT+08:00)
收件人： 张敏
主题： Re: 换货""",
    "a mail passed on with a word": """---------- Forwarded message ---------
From: Supplier <s@example.com>
Date: Mon, Nov 23, 2026 at 9:00 AM
Subject: Delay
To: <lee@example.org>

It will be late.""",
    "passed on from Apple Mail in Chinese": """开始转发的邮件：

发件人: 供应商 <s@example.com>
主题: 延误

会晚到。""",
    "a signature after two dashes": """--\x20
张敏
采购部 | 示例公司
电话 010-0000 0000""",
    "two dashes without the blank": """--
Lee Wong
Example Ltd.""",
    "a Huawei telephone": "发自我的华为手机",
    "Outlook for Android": "Get Outlook for Android<https://aka.ms/ghei36>",
    "the mail app of Windows": "Sent from Mail for Windows",
    "our own line to reply above": """##- 请在此行上方回复 -##
客服
您好，请提供订单号。""",
}

KEPT = {
    "a parcel with from and to": "From: Beijing\nTo: Shanghai\nDate: tomorrow\nTwo boxes, please collect them.",
    "a sentence that ends like an attribution": "On Monday my colleague wrote:\nthe invoice is wrong.",
    "somebody quoted in words": "王经理上次写道：\n“下周一定发货”，可是没有。",
    "a list after dashes": "--\n" + "\n".join(f"{n}. step that fails" for n in range(20)),
    "Markdown rules and lists": "first\n\n---\n\n- one\n- two\n\n***\nlast",
    "a log pasted in": "2026-11-23 10:00:00 ERROR <main> failed:\nTraceback\n  File x\nWhat can we do?",
    "a date alone": "日期：2026-11-23\n金额：100 元\n请开发票。",
}
