namespace AirHil.VirtualModem.Displays;

/// <summary>
/// u8g2's filled triangle (L:components/u8g2/u8g2_polygon.c): lines from one edge to the other, without the highest
/// line where it is a point.
/// </summary>
internal sealed class BitTriangle(BitCanvas canvas, (short X, short Y)[] points)
{
    private readonly Edge _left = new(points, -1);
    private readonly Edge _right = new(points, 1);

    public void Draw()
    {
        var top = points.Min(p => p.Y);
        int lines = unchecked((short)(points.Max(p => p.Y) - top));
        if (lines == 0) return;
        _left.Index = _right.Index = Array.FindIndex(points, p => p.Y == top);
        _right.SkipLevel(top);
        _left.SkipLevel(top);
        var isPoint = points[_left.Index].X == points[_right.Index].X;
        if (isPoint && --lines == 0) return;
        _left.Begin();
        _right.Begin();
        if (isPoint)
        {
            _left.Next();
            _right.Next();
        }

        do
        {
            Across();
            while (!_left.Next()) _left.Begin();
            while (!_right.Next()) _right.Begin();
        }
        while (--lines > 0);
    }

    private void Across()
    {
        var (from, to, y) = (_left.X, _right.X, _right.Y);
        if (y < 0 || y >= canvas.Height) return;
        if (from < to)
        {
            if (to < 0 || from >= canvas.Width) return;
            from = Math.Max((short)0, from);
            to = Math.Min(to, (short)canvas.Width);
            canvas.Across((ushort)from, (ushort)y, (ushort)(to - from));
            return;
        }

        if (from < 0 || to >= canvas.Width) return;
        if (to < 0) from = 0;
        if (from >= canvas.Width) from = (short)canvas.Width;
        canvas.Across(unchecked((ushort)to), (ushort)y, unchecked((ushort)(from - to)));
    }

    private sealed class Edge((short X, short Y)[] points, int direction)
    {
        private short _height;
        private short _lastY;
        private short _error;
        private short _errorStep;
        private short _xStep;
        private short _sign;

        public int Index { get; set; }
        public short X { get; private set; }
        public short Y { get; private set; }

        /// <summary>Goes to the farthest point of the same height.</summary>
        public void SkipLevel(short top)
        {
            while (points[Following].Y == top) Index = Following;
        }

        public void Begin()
        {
            var (from, to) = (points[Index], points[Following]);
            Index = Following;
            unchecked
            {
                var wide = (short)(to.X - from.X);
                _height = (short)(to.Y - from.Y);
                (_lastY, X, Y) = (to.Y, from.X, from.Y);
                _sign = (short)(wide >= 0 ? 1 : -1);
                _error = (short)(wide >= 0 ? 0 : 1 - _height);
                _xStep = _height == 0 ? (short)0 : (short)(wide / _height);
                _errorStep = _height == 0 ? (short)0 : (short)(Math.Abs((int)wide) % _height);
            }
        }

        public bool Next()
        {
            if (Y >= _lastY) return false;
            unchecked
            {
                X += _xStep;
                _error += _errorStep;
                if (_error > 0)
                {
                    X += _sign;
                    _error -= _height;
                }

                Y++;
            }

            return true;
        }

        private int Following => (Index + direction + points.Length) % points.Length;
    }
}
