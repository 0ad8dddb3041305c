extension Reason {
    // What follows a command, and commands that are not known. The argument `value` is what was typed, shortened.

    public static let noSlash = Reason(
        "no_slash",
        korean: "명령은 빗금으로 시작합니다. '/도움'을 보내면 쓸 수 있는 명령을 볼 수 있습니다.",
        english: "A command begins with a slash. Send '/help' to see the commands there are."
    )
    /// Argument `commands`: their names, separated by commas.
    public static let similarCommands = Reason(
        "similar_commands",
        korean: "비슷한 명령이 있습니다: {commands}.",
        english: "There are similar commands: {commands}."
    )
    /// Argument `bot`: the name or id that was typed.
    public static let unknownBot = Reason(
        "unknown_bot",
        korean: "'{bot}'{bot:이라는/라는} 봇이 없습니다. 봇의 이름을 확인하거나, 봇을 빼고 명령만 보내 주세요.",
        english: "There is no bot '{bot}'. Check its name, or send the command without a bot."
    )
    /// Arguments `command` and `bot`: the name of the bot that has it.
    public static let commandOfOtherBot = Reason(
        "command_of_other_bot",
        korean: "'{command}'{command:은/는} 봇 '{bot}'의 명령입니다. 그 봇에게 보내거나, 봇을 빼고 명령만 보내 주세요.",
        english: "'{command}' is a command of the bot '{bot}'. Send it to that one, or without a bot."
    )
    /// Argument `label`.
    public static let missingToken = Reason(
        "missing_token",
        korean: "'{label}'{label:이/가} 빠졌습니다.",
        english: "'{label}' is missing."
    )
    public static let surplusWords = Reason(
        "surplus_words",
        korean: "이 명령에는 '{value}'{value:이/가} 들어갈 자리가 없습니다. 빼 주세요. 띄어 쓴 한 값이라면 따옴표로 묶어 주세요.",
        english: "This command has no place for '{value}'. Leave it out, or put quotes around a value with spaces."
    )
    /// `value` is what stands behind the quote.
    public static let unclosedQuote = Reason(
        "unclosed_quote",
        korean: "'{value}' 앞에서 연 따옴표가 닫히지 않았습니다. 끝에 같은 따옴표를 붙여 주세요.",
        english: "The quote before '{value}' is not closed. Put the same quote at its end."
    )
    /// Argument `values`: those declared, separated by commas.
    public static let notAChoice = Reason(
        "not_a_choice",
        korean: "'{value}'{value:은/는} 고를 수 있는 값이 아닙니다. 다음 가운데 하나를 써 주세요: {values}.",
        english: "'{value}' is not one of the choices. Write one of these: {values}."
    )
    public static let notANumber = Reason(
        "not_a_number",
        korean: "'{value}'{value:은/는} 숫자가 아닙니다. 12, 1,200, -3.5처럼 써 주세요.",
        english: "'{value}' is not a number. Write it like 12, 1,200 or -3.5."
    )
    public static let numberGrouping = Reason(
        "number_grouping",
        korean: "'{value}'의 쉼표 자리가 맞지 않습니다. 1,200처럼 세 자리마다 찍거나 쉼표 없이 써 주세요.",
        english: "The commas in '{value}' are misplaced. Put one before every third digit, as in 1,200, or none at all."
    )
    public static let numberTooLarge = Reason(
        "number_too_large",
        korean: "'{value}'{value:은/는} 다룰 수 없을 만큼 큰 수입니다. 더 작은 수를 써 주세요.",
        english: "'{value}' is a larger number than can be handled. Write a smaller one."
    )
    public static let notADate = Reason(
        "not_a_date",
        korean: "'{value}'{value:은/는} 날짜가 아닙니다. 2026-11-24, 11월 24일, 내일, 다음 주 화요일처럼 써 주세요.",
        english: "'{value}' is not a date. Write it like 2026-11-24, Nov 24, tomorrow or next Tuesday."
    )
    public static let noSuchDate = Reason(
        "no_such_date",
        korean: "'{value}'{value:은/는} 달력에 없는 날입니다. 달과 날을 확인해 주세요.",
        english: "'{value}' is not on the calendar. Check the month and the day."
    )
    public static let yearUnclear = Reason(
        "year_unclear",
        korean: "'{value}'에서 어느 수가 연도인지 알 수 없습니다. 2026-11-24처럼 연도를 네 자리로 써 주세요.",
        english:
            "It is not clear which part of '{value}' is the year. Write the year with four digits, as in 2026-11-24."
    )
    /// Argument `date`: the date that was meant, as `2026-11-24`.
    public static let otherWeekday = Reason(
        "other_weekday",
        korean: "'{value}': {date}의 요일이 아닙니다. 날짜나 요일을 고쳐 주세요.",
        english: "'{value}': {date} is another day of the week. Correct the date or the weekday."
    )
    public static let notATimeRange = Reason(
        "not_a_time_range",
        korean: "'{value}'{value:은/는} 시간이 아닙니다. 10:00~11:00처럼 써 주세요.",
        english: "'{value}' is not a time range. Write it like 10:00~11:00 or 2pm-3pm."
    )
    public static let endTimeMissing = Reason(
        "end_time_missing",
        korean: "'{value}'에 끝나는 시각이 없습니다. 10:00~11:00처럼 시작과 끝을 함께 써 주세요.",
        english: "'{value}' has no end. Write the start and the end, as in 10:00~11:00."
    )
    public static let noSuchTime = Reason(
        "no_such_time",
        korean: "'{value}'{value:은/는} 없는 시각입니다. 시각은 00:00부터 24:00까지입니다.",
        english: "There is no time '{value}'. Times go from 00:00 to 24:00."
    )
    public static let startsAtEndOfDay = Reason(
        "starts_at_end_of_day",
        korean: "24:00은 끝나는 시각으로만 쓸 수 있습니다. 하루의 시작은 00:00으로 써 주세요.",
        english: "24:00 can only be an end. Write 00:00 for the start of a day."
    )
    /// Arguments `start` and `end`, as `10:00`.
    public static let endNotAfterStart = Reason(
        "end_not_after_start",
        korean: "끝나는 시각({end})이 시작하는 시각({start})보다 늦어야 합니다. 자정을 넘길 수는 없습니다.",
        english: "The end ({end}) must be later than the start ({start}). A range cannot pass midnight."
    )
    public static let unknownMember = Reason(
        "unknown_member",
        korean: "'{value}'{value:이라는/라는} 구성원을 찾지 못했습니다. 이름이나 이메일 주소를 확인하고 @이름으로 써 주세요.",
        english: "There is no member '{value}'. Check the name or e-mail address and write it as @name."
    )
    /// Argument `members`: how to write each of them, `@kim@example.com`, separated by commas.
    public static let ambiguousMember = Reason(
        "ambiguous_member",
        korean: "'{value}'{value:이라는/라는} 구성원이 여럿입니다. 누구인지 이렇게 써 주세요: {members}.",
        english: "There are several members '{value}'. Say which one by writing: {members}."
    )

    static let tokens: [Reason] = [
        noSlash, similarCommands, unknownBot, commandOfOtherBot, missingToken, surplusWords, unclosedQuote, notAChoice,
        notANumber, numberGrouping, numberTooLarge, notADate, noSuchDate, yearUnclear, otherWeekday, notATimeRange,
        endTimeMissing, noSuchTime, startsAtEndOfDay, endNotAfterStart, unknownMember, ambiguousMember,
    ]
}
