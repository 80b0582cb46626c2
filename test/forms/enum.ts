import { API, drift, type Edit, type Form, formsOf, HOOK, MODELS, type Spot, TYPES } from './form.js'

const form = formsOf('enum')

const ENUM = 'class WSMessageType(str, Enum):\n'
const IMPORT = 'from enum import Enum\n'
const MEMBERS = [
  'chat',
  'cancel',
  'approval',
  'thinking',
  'tool_start',
  'tool_end',
  'message',
  'platform_message',
  'scheduled_notification',
  'document_status',
  'approval_needed',
  'script_delta',
  'rehearsal_update',
  'usage',
  'error',
  'done',
]
const TYPE_FIELD = '    type: WSMessageType = Field(description="What the payload is about")\n'
const PAYLOAD_FIELD = '    payload: dict[str, Any] = Field(default_factory=dict)\n'

const CASE: readonly Spot[] = [
  [HOOK, "case 'thinking'"],
  [TYPES, "| 'thinking'"],
  [HOOK, 'switch (msg.type)'],
  [API, 'WSMessage.thinking('],
]

/** The value of a member is another one than the client's. */
const valueDrift = (from: string, to: string) =>
  drift(
    'a value is renamed',
    ['missing-case', 'unknown-event'],
    [[MODELS, to.trim()], ...CASE],
    [MODELS, from, to],
  )

/** A member is another one than the backend uses. */
const memberDrift = drift(
  'a member that the backend uses is renamed',
  ['missing-enum-member'],
  [
    [MODELS, 'WSMessageType.THINKING'],
    [MODELS, 'THOUGHT = "thinking"'],
  ],
  [MODELS, 'THINKING = "thinking"', 'THOUGHT = "thinking"'],
)

const keyDrift = drift(
  'the server renames a key',
  ['field-never-sent', 'field-not-declared'],
  [
    [MODELS, 'payload={"text": content}'],
    [HOOK, 'payload.content)'],
    [TYPES, 'content: string'],
  ],
  [MODELS, 'payload={"content": content}', 'payload={"text": content}'],
)

const usual = [valueDrift('THINKING = "thinking"', 'THINKING = "thought"'), memberDrift, keyDrift]

/** Every member of the enum by `auto()`. */
function autos(): Edit[] {
  return MEMBERS.map((name) => [
    MODELS,
    `    ${name.toUpperCase()} = "${name}"`,
    `    ${name.toUpperCase()} = auto()`,
  ])
}

export const ENUM_AND_ENVELOPE: readonly Form[] = [
  form(
    'StrEnum',
    [
      [MODELS, IMPORT, 'from enum import StrEnum\n'],
      [MODELS, ENUM, 'class WSMessageType(StrEnum):\n'],
    ],
    usual,
  ),
  form(
    'an enum of the module enum',
    [
      [MODELS, IMPORT, 'import enum\n'],
      [MODELS, ENUM, 'class WSMessageType(str, enum.Enum):\n'],
    ],
    usual,
  ),
  form(
    'auto()',
    [
      [MODELS, IMPORT, 'from enum import StrEnum, auto\n'],
      [MODELS, ENUM, 'class WSMessageType(StrEnum):\n'],
      ...autos(),
    ],
    [
      drift(
        'a member is renamed with its use',
        ['missing-case', 'unknown-event'],
        [[MODELS, 'THOUGHT = auto()'], ...CASE],
        [MODELS, '    THINKING = auto()', '    THOUGHT = auto()'],
        [MODELS, 'WSMessageType.THINKING', 'WSMessageType.THOUGHT'],
      ),
      drift(
        'a member that the backend uses is renamed',
        ['missing-enum-member'],
        [
          [MODELS, 'WSMessageType.THINKING'],
          [MODELS, 'THOUGHT = auto()'],
        ],
        [MODELS, '    THINKING = auto()', '    THOUGHT = auto()'],
      ),
      keyDrift,
    ],
  ),
  form(
    'an aliased Enum',
    [
      [MODELS, IMPORT, 'from enum import Enum as PyEnum\n'],
      [MODELS, ENUM, 'class WSMessageType(str, PyEnum):\n'],
    ],
    usual,
  ),
  form(
    'a base class of the project',
    [
      [
        MODELS,
        ENUM,
        `class WireEnum(str, Enum):\n    """Prints as what it is on the wire."""\n\n    def __str__(self) -> str:\n        return str(self.value)\n\n\n${ENUM.replace('str, Enum', 'WireEnum')}`,
      ],
    ],
    usual,
  ),
  form(
    'a base class of another file',
    [
      [
        'cachibot/models/wire.py',
        '',
        '"""What the channels share."""\n\nfrom enum import Enum\n\n\nclass WireEnum(str, Enum):\n    """Prints as what it is on the wire."""\n\n    def __str__(self) -> str:\n        return str(self.value)\n',
      ],
      [MODELS, IMPORT, ''],
      [
        MODELS,
        'from pydantic import BaseModel, Field\n',
        'from pydantic import BaseModel, Field\n\nfrom cachibot.models.wire import WireEnum\n',
      ],
      [MODELS, ENUM, 'class WSMessageType(WireEnum):\n'],
    ],
    usual,
  ),
  form(
    'values that are constants',
    [
      [MODELS, ENUM, `THINKING_NAME = "thinking"\n\n\n${ENUM}`],
      [MODELS, '    THINKING = "thinking"\n', '    THINKING = THINKING_NAME\n'],
    ],
    [valueDrift('THINKING_NAME = "thinking"', 'THINKING_NAME = "thought"'), keyDrift],
  ),
  form(
    'type: "WSMessageType"',
    [[MODELS, TYPE_FIELD, TYPE_FIELD.replace('type: WSMessageType', 'type: "WSMessageType"')]],
    usual,
  ),
  form(
    'Annotated[…]',
    [
      [MODELS, 'from typing import Any, Literal\n', 'from typing import Annotated, Any, Literal\n'],
      [
        MODELS,
        TYPE_FIELD,
        '    type: Annotated[WSMessageType, Field(description="What the payload is about")]\n',
      ],
    ],
    usual,
  ),
  form('WSMessageType | str', [[MODELS, TYPE_FIELD, '    type: WSMessageType | str\n']], usual),
  form(
    'Union[WSMessageType, str]',
    [
      [MODELS, 'from typing import Any, Literal\n', 'from typing import Any, Literal, Union\n'],
      [MODELS, TYPE_FIELD, '    type: Union[WSMessageType, str]\n'],
    ],
    usual,
  ),
  form(
    'type and payload in a base class',
    [
      [
        MODELS,
        'class WSMessage(BaseModel):\n    """Envelope of every message on the main channel."""\n',
        `class Envelope(BaseModel):\n    """What every message has."""\n\n${TYPE_FIELD}${PAYLOAD_FIELD}\n\nclass WSMessage(Envelope):\n    """Envelope of every message on the main channel."""\n`,
      ],
      [MODELS, `main channel."""\n\n${TYPE_FIELD}${PAYLOAD_FIELD}`, 'main channel."""\n'],
    ],
    usual,
  ),
  form(
    'payload in a base class of another file',
    [
      [
        'cachibot/models/wire.py',
        '',
        '"""What the channels share."""\n\nfrom typing import Any\n\nfrom pydantic import BaseModel, Field\n\n\nclass Envelope(BaseModel):\n    """What every message has."""\n\n    payload: dict[str, Any] = Field(default_factory=dict)\n',
      ],
      [
        MODELS,
        'from pydantic import BaseModel, Field\n',
        'from pydantic import BaseModel, Field\n\nfrom cachibot.models.wire import Envelope\n',
      ],
      [MODELS, 'class WSMessage(BaseModel):\n', 'class WSMessage(Envelope):\n'],
      [MODELS, TYPE_FIELD + PAYLOAD_FIELD, TYPE_FIELD],
    ],
    usual,
  ),
  form(
    'a generic envelope',
    [
      [MODELS, 'from typing import Any, Literal\n', 'from typing import Any, Generic, Literal, TypeVar\n'],
      [
        MODELS,
        'class WSMessage(BaseModel):\n    """Envelope of every message on the main channel."""\n',
        `T = TypeVar("T")\n\n\nclass Envelope(BaseModel, Generic[T]):\n    """What every message has."""\n\n    type: T\n${PAYLOAD_FIELD}\n\nclass WSMessage(Envelope[WSMessageType]):\n    """Envelope of every message on the main channel."""\n`,
      ],
      [MODELS, `main channel."""\n\n${TYPE_FIELD}${PAYLOAD_FIELD}`, 'main channel."""\n'],
    ],
    usual,
  ),
  form(
    'members by auto() in a base of the project',
    [
      [
        MODELS,
        'class WSMessageType(str, Enum):\n',
        'class WireEnum(StrEnum):\n    """Members are their names in lower case."""\n\n\nclass WSMessageType(WireEnum):\n',
      ],
      [MODELS, 'from enum import Enum\n', 'from enum import StrEnum, auto\n'],
      [MODELS, 'THINKING = "thinking"', 'THINKING = auto()'],
    ],
    [],
  ),
]
