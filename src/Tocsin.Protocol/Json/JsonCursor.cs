using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tocsin.Protocol.Json;

/// <summary>
/// Reads one JSON text forwards and knows where it is. Each reading method starts on a value's first token and ends on its last.
/// What is of the wrong type is set aside with a note, so that one field never costs the rest; broken JSON throws
/// <see cref="JsonException"/>.
/// </summary>
ref partial struct JsonCursor
{
    /// <summary>
    /// Deeper values are set aside: no client means them, a recursion must end, and JSON readers elsewhere stop at 64 levels, ours
    /// wrapped in an answer included.
    /// </summary>
    public const int DeepestLevel = 40;

    static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    readonly ReadOnlySpan<byte> json;
    readonly FieldNotes notes;
    readonly Span<char> nameBuffer;
    readonly TextPool texts;
    Utf8JsonReader reader;

    /// <summary>The current name as it stands in the text.</summary>
    ReadOnlySpan<byte> nameToken;
    bool isNameEscaped;

    /// <summary>Empty until somebody asks: those who read free-form objects want the name to keep, which is found by its bytes.</summary>
    ReadOnlySpan<char> name;

    /// <param name="json">Valid UTF-8.</param>
    /// <param name="nameBuffer">Room for property names; longer ones are allocated.</param>
    public JsonCursor(ReadOnlySpan<byte> json, FieldNotes notes, Span<char> nameBuffer)
    {
        this.json = json;
        this.notes = notes;
        this.nameBuffer = nameBuffer;
        texts = TextPool.OfThread;
        reader = new(json, Options);
        reader.Read();
    }

    JsonCursor(JsonCursor other, Span<char> nameBuffer)
    {
        json = other.json;
        notes = other.notes;
        reader = other.reader;
        texts = other.texts;
        this.nameBuffer = nameBuffer;
    }

    public readonly JsonTokenType Token => reader.TokenType;
    public readonly bool IsNull => reader.TokenType == JsonTokenType.Null;
    public readonly int Depth => notes.Depth;

    /// <summary>The property just found by <see cref="NextProperty"/>; valid until the next one.</summary>
    public ReadOnlySpan<char> Name => name.IsEmpty ? name = ReadName() : name;

    /// <summary>The same to keep. Names repeat from event to event.</summary>
    public string NameText => isNameEscaped ? Name.ToString() : texts.Get(nameToken);

    /// <summary>Steps into the object or array the cursor is on.</summary>
    public readonly void Open() => notes.Enter();

    /// <summary>The same, where the protocol's own form has one more name in between (<c>values</c>).</summary>
    public readonly void OpenAs(string step)
    {
        notes.Enter();
        notes.At(step);
    }

    public readonly void Close() => notes.Leave();

    /// <summary>Lets notes name the current property otherwise than the client did.</summary>
    public readonly void CallIt(string name) => notes.At(name);

    /// <summary>Moves to the next property's value; false at the object's end, which also steps out.</summary>
    public bool NextProperty()
    {
        Advance();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            notes.Leave();
            return false;
        }
        nameToken = reader.ValueSpan;
        isNameEscaped = reader.ValueIsEscaped;
        name = default;
        notes.At((int)reader.TokenStartIndex + 1, nameToken.Length);
        Advance();
        return true;
    }

    /// <summary>Moves to the next element; false at the array's end, which also steps out.</summary>
    public bool NextElement()
    {
        Advance();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            notes.Leave();
            return false;
        }
        notes.AtNext();
        return true;
    }

    /// <summary>Steps into an object; anything else is set aside, except null and PHP's empty list, which are nothing.</summary>
    public bool OpenObject()
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Open();
                return true;
            case JsonTokenType.Null:
                return false;
            case JsonTokenType.StartArray when IsEmptyArray():
                Skip();
                return false;
            default:
                SetAside("expected an object");
                return false;
        }
    }

    public void Skip() => reader.Skip();

    /// <summary>Passes over a property that means nothing to us; for use in a switch.</summary>
    public T Skip<T>(T unchanged)
    {
        reader.Skip();
        return unchanged;
    }

    /// <summary>Reads past the end, where nothing but white space may follow.</summary>
    public void Finish() => reader.Read();

    /// <summary>The JSON text of the value, which is passed over.</summary>
    public ReadOnlySpan<byte> Raw()
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    /// <summary>Passes over a value that cannot be what it should be, and notes it.</summary>
    public void SetAside(string reason, string kind = "invalid_data") =>
        notes.Add(notes.Path(json), kind, Encoding.UTF8.GetString(Raw()), reason);

    /// <summary>Notes what is wrong with the field the cursor is on, which stays.</summary>
    public readonly void Note(string reason, string kind = "invalid_data") =>
        notes.Add(new Events.FieldNote(notes.Path(json), kind, Reason: reason));

    /// <summary>A second cursor at the same place, which leaves this one where it is; its notes are this one's.</summary>
    /// <param name="otherBuffer">Room for its property names.</param>
    public readonly JsonCursor Ahead(Span<char> otherBuffer) => new(this, otherBuffer);

    /// <summary>Where the cursor is, dotted.</summary>
    public readonly string Path() => notes.Path(json);

    /// <summary>Whether the object under the cursor has this property, and whether its names are numbers (a PHP array).</summary>
    public readonly ObjectShape Peek(ReadOnlySpan<byte> property)
    {
        var ahead = reader;
        var numbered = true;
        var any = false;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(in ahead, property))
            {
                return ObjectShape.Wrapper;
            }
            any = true;
            numbered &= !ahead.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9');
            ahead.Read();
            ahead.Skip();
        }
        return !any ? ObjectShape.Empty
            : numbered ? ObjectShape.Numbered
            : ObjectShape.Single;
    }

    readonly bool IsEmptyArray()
    {
        var ahead = reader;
        return ahead.Read() && ahead.TokenType == JsonTokenType.EndArray;
    }

    void Advance()
    {
        if (!reader.Read())
        {
            throw new JsonException("unexpected end of data");
        }
    }

    readonly ReadOnlySpan<char> ReadName()
    {
        var buffer = nameToken.Length <= nameBuffer.Length ? nameBuffer : new char[nameToken.Length];
        if (isNameEscaped)
        {
            return buffer[..JsonString.Unescape(nameToken, buffer)];
        }
        // Nearly every name is ASCII, which takes half the time.
        var isAscii = Ascii.ToUtf16(nameToken, buffer, out var length) == OperationStatus.Done;
        return buffer[..(isAscii ? length : Encoding.UTF8.GetChars(nameToken, buffer))];
    }
}

/// <summary>What an object stands for where a list is expected.</summary>
enum ObjectShape
{
    Empty,

    /// <summary><c>{"values": […]}</c></summary>
    Wrapper,

    /// <summary><c>{"0": …, "2": …}</c></summary>
    Numbered,

    /// <summary>The one element itself.</summary>
    Single,
}
