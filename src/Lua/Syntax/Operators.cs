namespace AirHil.Lua.Syntax;

internal enum UnaryOperator
{
    None,
    Negate,
    BitwiseNot,
    Not,
    Length,
}

/// <summary>In the order of the instructions, as far as there are any.</summary>
internal enum BinaryOperator
{
    Add, Subtract, Multiply, Modulo, Power, Divide, FloorDivide,
    BitwiseAnd, BitwiseOr, BitwiseXor, ShiftLeft, ShiftRight,
    Concat,
    Equal, Less, LessEqual, NotEqual, Greater, GreaterEqual,
    And, Or,
    None,
}

/// <summary>Which tokens are operators and how tightly they bind (manual §3.4.8).</summary>
internal static class Operators
{
    public const int UnaryPriority = 12;

    public static UnaryOperator Unary(TokenKind kind) => kind switch
    {
        TokenKind.Minus => UnaryOperator.Negate,
        TokenKind.Tilde => UnaryOperator.BitwiseNot,
        TokenKind.Not => UnaryOperator.Not,
        TokenKind.Hash => UnaryOperator.Length,
        _ => UnaryOperator.None,
    };

    public static BinaryOperator Binary(TokenKind kind) => kind switch
    {
        TokenKind.Plus => BinaryOperator.Add,
        TokenKind.Minus => BinaryOperator.Subtract,
        TokenKind.Star => BinaryOperator.Multiply,
        TokenKind.Percent => BinaryOperator.Modulo,
        TokenKind.Caret => BinaryOperator.Power,
        TokenKind.Slash => BinaryOperator.Divide,
        TokenKind.DoubleSlash => BinaryOperator.FloorDivide,
        TokenKind.Ampersand => BinaryOperator.BitwiseAnd,
        TokenKind.Bar => BinaryOperator.BitwiseOr,
        TokenKind.Tilde => BinaryOperator.BitwiseXor,
        TokenKind.ShiftLeft => BinaryOperator.ShiftLeft,
        TokenKind.ShiftRight => BinaryOperator.ShiftRight,
        TokenKind.Concat => BinaryOperator.Concat,
        TokenKind.Equal => BinaryOperator.Equal,
        TokenKind.NotEqual => BinaryOperator.NotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessEqual => BinaryOperator.LessEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterEqual => BinaryOperator.GreaterEqual,
        TokenKind.And => BinaryOperator.And,
        TokenKind.Or => BinaryOperator.Or,
        _ => BinaryOperator.None,
    };

    /// <summary>Against the operator on the left; -1 for none, which ends every chain.</summary>
    public static int LeftPriority(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And => 2,
        >= BinaryOperator.Equal and <= BinaryOperator.GreaterEqual => 3,
        BinaryOperator.BitwiseOr => 4,
        BinaryOperator.BitwiseXor => 5,
        BinaryOperator.BitwiseAnd => 6,
        BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight => 7,
        BinaryOperator.Concat => 9,
        BinaryOperator.Add or BinaryOperator.Subtract => 10,
        BinaryOperator.Power => 14,
        BinaryOperator.None => -1,
        _ => 11,
    };

    /// <summary>Lower than the left one for concatenation and power, which group to the right.</summary>
    public static int RightPriority(BinaryOperator op) =>
        LeftPriority(op) - (op is BinaryOperator.Concat or BinaryOperator.Power ? 1 : 0);
}
