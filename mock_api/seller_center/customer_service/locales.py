"""What the platform itself says in conversations, in its documented languages (our words)."""

from typing import Final, Literal

from simulator.service.model import Kind, Said

Locale = Literal[
    "de-DE",
    "en",
    "en-GB",
    "es-ES",
    "es-MX",
    "fr-FR",
    "id-ID",
    "it-IT",
    "ja-JP",
    "ms-MY",
    "th-TH",
    "vi-VN",
    "pt-BR",
    "zh-CN",
]

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "de": ("Ein Kundenbetreuer ist beigetreten.", "Bitte bewerten Sie diese Unterhaltung."),
    "en": ("A customer service agent has joined.", "Please rate this conversation."),
    "es": ("Se ha unido un agente.", "Valora esta conversación."),
    "fr": ("Un conseiller a rejoint la conversation.", "Veuillez noter cette conversation."),
    "id": ("Agen layanan pelanggan telah bergabung.", "Beri nilai percakapan ini."),
    "it": ("Un operatore si è unito.", "Valuta questa conversazione."),
    "ja": ("担当者が参加しました。", "この会話を評価してください。"),
    "ms": ("Ejen khidmat pelanggan telah menyertai.", "Sila nilai perbualan ini."),
    "th": ("เจ้าหน้าที่เข้าร่วมแล้ว", "โปรดให้คะแนนการสนทนานี้"),
    "vi": ("Nhân viên hỗ trợ đã tham gia.", "Vui lòng đánh giá cuộc trò chuyện này."),
    "pt": ("Um atendente entrou na conversa.", "Avalie esta conversa."),
    "zh": ("客服已加入会话。", "请评价本次会话。"),
}
"""That an agent joins, and the wish for a rating; by the first two letters of the locale."""


def system_text(said: Said, locale: str = "en") -> str:
    """What the platform says by this message; nothing, if somebody else says it."""
    joined, rate = _WORDS[locale[:2]]
    return {Kind.ALLOCATED_SERVICE: joined, Kind.NOTIFICATION: rate}.get(said.kind, "")


def is_visible(said: Said) -> bool:
    """Whether agents are to see it: all but the wish for a rating, which is the buyer's alone (the
    newer public client's words)."""
    return said.kind is not Kind.NOTIFICATION
