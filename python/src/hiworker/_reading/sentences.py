"""What is said of a text that cannot be read, by the relay's codes and in its words."""

from __future__ import annotations

from .wording import Wording

REASONS = {
    "no_slash": Wording(
        "명령은 빗금으로 시작합니다. '/도움'을 보내면 쓸 수 있는 명령을 볼 수 있습니다.",
        "A command begins with a slash. Send '/help' to see the commands there are.",
    ),
    "similar_commands": Wording(
        "비슷한 명령이 있습니다: {commands}.",
        "There are similar commands: {commands}.",
    ),
    "missing_token": Wording(
        "'{label}'{label:이/가} 빠졌습니다.",
        "'{label}' is missing.",
    ),
    "surplus_words": Wording(
        "이 명령에는 '{value}'{value:이/가} 들어갈 자리가 없습니다. 빼 주세요. "
        "띄어 쓴 한 값이라면 따옴표로 묶어 주세요.",
        "This command has no place for '{value}'. Leave it out, or put quotes around a value with spaces.",
    ),
    "unclosed_quote": Wording(
        "'{value}' 앞에서 연 따옴표가 닫히지 않았습니다. 끝에 같은 따옴표를 붙여 주세요.",
        "The quote before '{value}' is not closed. Put the same quote at its end.",
    ),
    "not_a_choice": Wording(
        "'{value}'{value:은/는} 고를 수 있는 값이 아닙니다. 다음 가운데 하나를 써 주세요: {values}.",
        "'{value}' is not one of the choices. Write one of these: {values}.",
    ),
    "not_a_number": Wording(
        "'{value}'{value:은/는} 숫자가 아닙니다. 12, 1,200, -3.5처럼 써 주세요.",
        "'{value}' is not a number. Write it like 12, 1,200 or -3.5.",
    ),
    "number_grouping": Wording(
        "'{value}'의 쉼표 자리가 맞지 않습니다. 1,200처럼 세 자리마다 찍거나 쉼표 없이 써 주세요.",
        "The commas in '{value}' are misplaced. Put one before every third digit, as in 1,200, or none at all.",
    ),
    "number_too_large": Wording(
        "'{value}'{value:은/는} 다룰 수 없을 만큼 큰 수입니다. 더 작은 수를 써 주세요.",
        "'{value}' is a larger number than can be handled. Write a smaller one.",
    ),
    "not_a_date": Wording(
        "'{value}'{value:은/는} 날짜가 아닙니다. 2026-11-24, 11월 24일, 내일, 다음 주 화요일처럼 써 주세요.",
        "'{value}' is not a date. Write it like 2026-11-24, Nov 24, tomorrow or next Tuesday.",
    ),
    "no_such_date": Wording(
        "'{value}'{value:은/는} 달력에 없는 날입니다. 달과 날을 확인해 주세요.",
        "'{value}' is not on the calendar. Check the month and the day.",
    ),
    "year_unclear": Wording(
        "'{value}'에서 어느 수가 연도인지 알 수 없습니다. 2026-11-24처럼 연도를 네 자리로 써 주세요.",
        "It is not clear which part of '{value}' is the year. Write the year with four digits, as in 2026-11-24.",
    ),
    "other_weekday": Wording(
        "'{value}': {date}의 요일이 아닙니다. 날짜나 요일을 고쳐 주세요.",
        "'{value}': {date} is another day of the week. Correct the date or the weekday.",
    ),
    "not_a_time_range": Wording(
        "'{value}'{value:은/는} 시간이 아닙니다. 10:00~11:00처럼 써 주세요.",
        "'{value}' is not a time range. Write it like 10:00~11:00 or 2pm-3pm.",
    ),
    "end_time_missing": Wording(
        "'{value}'에 끝나는 시각이 없습니다. 10:00~11:00처럼 시작과 끝을 함께 써 주세요.",
        "'{value}' has no end. Write the start and the end, as in 10:00~11:00.",
    ),
    "no_such_time": Wording(
        "'{value}'{value:은/는} 없는 시각입니다. 시각은 00:00부터 24:00까지입니다.",
        "There is no time '{value}'. Times go from 00:00 to 24:00.",
    ),
    "starts_at_end_of_day": Wording(
        "24:00은 끝나는 시각으로만 쓸 수 있습니다. 하루의 시작은 00:00으로 써 주세요.",
        "24:00 can only be an end. Write 00:00 for the start of a day.",
    ),
    "end_not_after_start": Wording(
        "끝나는 시각({end})이 시작하는 시각({start})보다 늦어야 합니다. 자정을 넘길 수는 없습니다.",
        "The end ({end}) must be later than the start ({start}). A range cannot pass midnight.",
    ),
    "unknown_member": Wording(
        "'{value}'{value:이라는/라는} 구성원을 찾지 못했습니다. 이름이나 이메일 주소를 확인하고 @이름으로 써 주세요.",
        "There is no member '{value}'. Check the name or e-mail address and write it as @name.",
    ),
    "ambiguous_member": Wording(
        "'{value}'{value:이라는/라는} 구성원이 여럿입니다. 누구인지 이렇게 써 주세요: {members}.",
        "There are several members '{value}'. Say which one by writing: {members}.",
    ),
}
"""Why a token or a command is not accepted. ``value`` is what was typed, shortened."""

UNKNOWN_COMMAND = Wording("'{text}'{text:으로/로} 시작하는 명령이 없습니다.", "No command starts '{text}'.")
SEND_HELP = Wording("'/도움'을 보내면 쓸 수 있는 명령을 볼 수 있습니다.", "Send '/help' to see the commands there are.")
HELP = Wording(
    "'{text}' 명령은 서버가 직접 답합니다. 이 봇의 명령: {commands}.",
    "The server itself answers '{text}'. The commands of this bot: {commands}.",
)
"""Of what the relay answers itself, where there is no relay."""
