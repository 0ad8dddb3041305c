extension Problem.Code {
    /// The row of this code: everything that hiworker says of a problem, on the wire and on the catalogue's page.
    var row: Problem.Row {
        switch self {
        case .keyMissing:
            Problem.Row(
                401,
                ("API 키가 없습니다", "No API key"),
                korean: "요청에 API 키가 없습니다. 'Authorization: Bearer <키>' 헤더를 한 번만 보내세요.",
                english: "The request carries no API key. Send the header 'Authorization: Bearer <key>' exactly once."
            )
        case .keyMalformed:
            Problem.Row(
                401,
                ("API 키의 형식이 아닙니다", "Not an API key"),
                korean: "보낸 값은 API 키가 아닙니다. 빠지거나 바뀐 글자가 없는지 확인하고 키 전체를 다시 복사하세요.",
                english:
                    "What was sent is not an API key. Check for lost or changed characters and copy the whole key again."
            )
        case .keyUnknown:
            Problem.Row(
                401,
                ("등록되지 않은 API 키입니다", "Unknown API key"),
                korean: "이 서버에는 그런 API 키가 없습니다. 서버 주소를 확인하거나 관리자에게 새 키를 요청하세요.",
                english:
                    "This server knows no such API key. Check the server's address, or ask an administrator for a new key."
            )
        case .keyRevoked:
            Problem.Row(
                401,
                ("폐기된 API 키입니다", "API key revoked"),
                korean: "이 API 키는 폐기되었습니다. 관리자에게 새 키를 요청하세요.",
                english: "This API key was revoked. Ask an administrator for a new one."
            )
        case .keyExpired:
            Problem.Row(
                401,
                ("만료된 API 키입니다", "API key expired"),
                korean: "이 API 키는 유효 기간이 지났습니다. 관리자에게 새 키를 요청하세요.",
                english: "This API key has expired. Ask an administrator for a new one."
            )
        case .keyWrongKind:
            Problem.Row(
                403,
                ("이 호출에 쓸 수 없는 API 키입니다", "Wrong kind of API key"),
                korean: "이 호출에는 {needed:kind}가 필요한데, 보낸 것은 {presented:kind}입니다. 맞는 키로 다시 요청하세요.",
                english:
                    "This call needs {needed:kind}, but what was sent is {presented:kind}. Call again with the right key."
            )
        case .malformedRequest:
            Problem.Row(
                400,
                ("잘못된 HTTP 요청입니다", "Malformed HTTP request"),
                korean: "요청을 HTTP로 읽을 수 없습니다({reason}). 클라이언트나 중간의 프록시를 확인하세요.",
                english: "The request cannot be read as HTTP ({reason}). Check the client, or a proxy in between."
            )
        case .headTooLarge:
            Problem.Row(
                431,
                ("요청 헤더가 너무 큽니다", "Request head too large"),
                korean: "요청 줄과 헤더가 허용된 크기를 넘습니다. 불필요한 헤더나 긴 쿼리를 줄이세요.",
                english: "The request line and headers are larger than allowed. Remove headers or shorten the query."
            )
        case .requestTimeout:
            Problem.Row(
                408,
                ("요청이 제때 도착하지 않았습니다", "Request timed out"),
                korean: "요청 전체가 제한 시간 안에 도착하지 않았습니다. 다시 요청하세요.",
                english: "The whole request did not arrive in time. Send it again."
            )
        case .notFound:
            Problem.Row(
                404,
                ("찾을 수 없습니다", "Not found"),
                korean: "그런 것이 없거나 이 API 키로는 볼 수 없습니다. 주소와 id를 확인하세요.",
                english: "There is no such thing, or this API key may not see it. Check the path and the id."
            )
        case .methodNotAllowed:
            Problem.Row(
                405,
                ("허용되지 않는 메서드입니다", "Method not allowed"),
                korean: "이 주소는 {method} 메서드를 받지 않습니다. 쓸 수 있는 메서드: {allow}.",
                english: "This path does not take {method}. It takes {allow}."
            )
        case .upgradeRequired:
            Problem.Row(
                426,
                ("WebSocket 연결이 필요합니다", "WebSocket required"),
                korean: "이 주소는 WebSocket 연결만 받습니다. 새 연결에서 WebSocket 핸드셰이크로 시작하세요.",
                english:
                    "This path takes WebSocket connections only. Start with a WebSocket handshake on a new connection."
            )
        case .unsupportedMediaType:
            Problem.Row(
                415,
                ("지원하지 않는 본문 형식입니다", "Unsupported media type"),
                korean: "본문의 형식 '{type}'{type:은/는} 받지 않습니다. 'Content-Type: application/json'으로 보내세요.",
                english: "A body of type '{type}' is not taken here. Send 'Content-Type: application/json'."
            )
        case .bodyTooLarge:
            Problem.Row(
                413,
                ("본문이 너무 큽니다", "Body too large"),
                korean: "요청 본문은 {limit}바이트까지 보낼 수 있습니다. 내용을 줄이거나 나누어 보내세요.",
                english: "A request body may have at most {limit} bytes. Send less, or send it in parts."
            )
        case .invalidJSON:
            Problem.Row(
                400,
                ("올바른 JSON이 아닙니다", "Invalid JSON"),
                korean: "본문을 JSON으로 읽을 수 없습니다. UTF-8로 된 JSON 객체 하나를 보내세요. 'errors'에 위치와 이유가 있습니다.",
                english:
                    "The body cannot be read as JSON. Send one JSON object in UTF-8; 'errors' says where and why it fails."
            )
        case .invalidFields:
            Problem.Row(
                422,
                ("받아들일 수 없는 값이 있습니다", "Invalid fields"),
                korean: "요청에 받아들일 수 없는 값이 있습니다. 'errors'에 적힌 곳을 고쳐 다시 보내세요.",
                english:
                    "The request holds values that are not accepted. Correct what 'errors' names and send it again."
            )
        case .idempotencyConflict:
            Problem.Row(
                409,
                ("같은 요청이 처리되는 중입니다", "The same request is in hand"),
                korean: "이 Idempotency-Key로 보낸 첫 요청이 아직 처리되고 있습니다. 잠시 뒤에 다시 요청하세요.",
                english: "The first request with this Idempotency-Key is still in hand. Send it again in a moment."
            )
        case .idempotencyKeyReused:
            Problem.Row(
                422,
                ("이미 다른 요청에 쓴 키입니다", "Idempotency-Key reused"),
                korean: "이 Idempotency-Key는 내용이 다른 요청에 이미 쓰였습니다. 새 요청에는 새 키를 쓰세요.",
                english: "This Idempotency-Key was sent with another request before. Use a new key for a new request."
            )
        case .companyExists:
            Problem.Row(
                409,
                ("이미 등록된 회사입니다", "Company exists"),
                korean: "이 도메인의 회사가 이미 있습니다. 그 회사를 고치려면 PATCH를, 새로 만들려면 다른 도메인을 쓰세요.",
                english:
                    "A company with this domain exists. Use PATCH to change it, or another domain to make a new one."
            )
        case .commandTaken:
            Problem.Row(
                409,
                ("다른 봇의 명령입니다", "Command taken"),
                korean: "'{command}' 명령은 같은 회사의 봇 '{bot}'에 이미 있습니다. 다른 이름을 쓰거나 그 봇에서 먼저 빼세요.",
                english:
                    "The bot '{bot}' of this company has the command '{command}'. Use another name, or remove it there first."
            )
        case .notAWebhook:
            Problem.Row(
                409,
                ("웹훅을 쓰는 봇이 아닙니다", "Not a webhook bot"),
                korean: "이 봇은 소켓으로 연결하므로 서명 비밀값이 없습니다. 먼저 PATCH로 delivery를 webhook으로 바꾸세요.",
                english: "This bot is reached over its socket and signs nothing. First PATCH its delivery to a webhook."
            )
        case .notASocket:
            Problem.Row(
                409,
                ("소켓을 쓰는 봇이 아닙니다", "Not a socket bot"),
                korean: "봇 '{bot}'{bot:은/는} 웹훅으로 등록되어 소켓으로 연결할 수 없습니다. 먼저 PATCH로 delivery를 socket으로 바꾸세요.",
                english:
                    "The bot '{bot}' is reached at its webhook and cannot dial out. First PATCH its delivery to a socket."
            )
        case .unknownCommand:
            Problem.Row(
                404,
                ("없는 명령입니다", "Unknown command"),
                korean: "'{text}'{text:으로/로} 시작하는 명령이 없습니다. '/도움'을 보내면 쓸 수 있는 명령을 볼 수 있습니다.",
                english: "No command starts '{text}'. Send '/help' to see the commands there are."
            )
        case .invalidTokens:
            Problem.Row(
                422,
                ("명령을 그대로 보낼 수 없습니다", "Invalid tokens"),
                korean: "명령 뒤의 값이 맞지 않습니다. 'errors'를 보고 고쳐 보내세요. 사용법: {usage}",
                english: "What follows the command does not fit. Correct what 'errors' names. Usage: {usage}"
            )
        case .botOffline:
            Problem.Row(
                503,
                ("봇이 꺼져 있습니다", "Bot offline"),
                korean: "봇 '{bot}'에 연결할 수 없어 메시지를 전하지 못했습니다. 잠시 뒤에 다시 보내거나 봇 담당자에게 알리세요.",
                english:
                    "The bot '{bot}' cannot be reached, so the message was not delivered. Send it again later, or tell its owner."
            )
        case .botBusy:
            Problem.Row(
                429,
                ("봇이 바쁩니다", "Bot busy"),
                korean: "봇 '{bot}'에 처리 중인 메시지가 너무 많습니다. 잠시 뒤에 다시 보내세요.",
                english: "The bot '{bot}' has too many messages in hand. Send this one again in a moment."
            )
        case .botError:
            Problem.Row(
                502,
                ("봇이 오류로 답했습니다", "Bot error"),
                korean: "봇 '{bot}'{bot:이/가} 메시지를 처리하지 못했습니다: {why:failure}. 다시 보내 보고, 계속되면 봇 담당자에게 알리세요.",
                english:
                    "The bot '{bot}' failed on this message: {why:failure}. Try again, and tell its owner if it goes on."
            )
        case .botTimeout:
            Problem.Row(
                504,
                ("봇이 제때 답하지 않았습니다", "Bot timed out"),
                korean: "봇 '{bot}'{bot:이/가} 제한 시간 안에 답하지 않았습니다. 다시 보내기 전에 앞선 요청이 처리되었는지 확인하세요.",
                english:
                    "The bot '{bot}' did not answer in time. Before sending again, check whether it did what was asked."
            )
        case .rateLimited:
            Problem.Row(
                429,
                ("메시지를 너무 빨리 보냈습니다", "Too many messages"),
                korean: "짧은 시간에 메시지를 너무 많이 보냈습니다. 'Retry-After'만큼 기다렸다가 다시 보내세요.",
                english: "Too many messages in a short time. Wait as long as 'Retry-After' says and send it again."
            )
        case .alreadyAnswered:
            Problem.Row(
                409,
                ("이미 답한 메시지입니다", "Already answered"),
                korean: "이 메시지에는 이미 답이 있습니다. 답은 한 번만 보낼 수 있으니 더 보낼 것은 없습니다.",
                english: "This message has its reply. A message takes one reply, so there is nothing more to send."
            )
        case .replyTooLate:
            Problem.Row(
                410,
                ("답할 수 있는 시간이 지났습니다", "Reply too late"),
                korean: "이 메시지는 기한이 지나 답을 받지 않습니다. 보낸 사람은 이미 시간 초과로 알고 있습니다.",
                english:
                    "This message's deadline has passed and it takes no reply. Its sender was told that it timed out."
            )
        case .storageUnavailable:
            Problem.Row(
                503,
                ("저장소에 연결할 수 없습니다", "Storage unavailable"),
                korean: "지금은 데이터베이스에 연결할 수 없습니다. 변경이 적용되지 않았을 수 있으니 잠시 뒤에 확인하고 다시 요청하세요.",
                english:
                    "The database cannot be reached now. A change may not have been made: check and try again in a moment."
            )
        case .shuttingDown:
            Problem.Row(
                503,
                ("서버가 종료되는 중입니다", "Shutting down"),
                korean: "이 서버는 종료되는 중이라 새 요청을 받지 않습니다. 잠시 뒤에 새 연결로 다시 요청하세요.",
                english:
                    "This server is shutting down and takes no new requests. Try again in a moment on a new connection."
            )
        case .internalError:
            Problem.Row(
                500,
                ("서버 내부 오류입니다", "Internal error"),
                korean: "서버에서 예상하지 못한 오류가 났습니다. 다시 요청하고, 계속되면 요청 id '{request}'{request:을/를} 운영자에게 알리세요.",
                english:
                    "The server failed unexpectedly. Try again; if it goes on, give the operator the request id '{request}'."
            )
        }
    }
}
